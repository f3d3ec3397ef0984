import type { FaultAction, FaultMatch, FaultRule } from './parse-fault-rules.ts';

/** What a rule is held against. */
export interface FaultSubject {
  readonly service: string;
  readonly op: string;
  readonly caller: string;
  readonly method: string;
  readonly key?: string;
}

export interface Faults {
  set(rules: readonly FaultRule[]): void;
  /** Drops the rules and lets go of every reply that is held. */
  clear(): void;
  list(): readonly (FaultRule & { readonly hits: number })[];
  /** The action for a request; counts it. The first rule that matches and is neither skipping nor used up decides. */
  match(subject: FaultSubject): FaultAction | undefined;
  /** Ends when the rules are cleared. */
  untilCleared(): Promise<void>;
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; seen: number; hits: number }[] = [];
  let release = new Set<() => void>();
  return {
    set(next) {
      rules = next.map((rule) => ({ rule, seen: 0, hits: 0 }));
    },
    clear() {
      rules = [];
      const held = release;
      release = new Set();
      for (const go of held) go();
    },
    list: () => rules.map(({ rule, hits }) => ({ ...rule, hits })),
    match(subject) {
      for (const state of rules) {
        if (!isMatch(state.rule.match, subject)) continue;
        state.seen += 1;
        if (state.seen <= (state.rule.skip ?? 0) || state.hits >= (state.rule.times ?? Number.POSITIVE_INFINITY))
          continue;
        state.hits += 1;
        return state.rule.do;
      }
      return undefined;
    },
    untilCleared: () => new Promise((resolve) => release.add(resolve)),
  };
}

function isMatch(match: FaultMatch, subject: FaultSubject): boolean {
  const { key, ...plain } = match;
  const same = (['service', 'op', 'caller', 'method'] as const).every(
    (name) => plain[name] === undefined || plain[name] === subject[name],
  );
  return same && (key === undefined || isKeyMatch(key, subject.key));
}

function isKeyMatch(pattern: string, key: string | undefined): boolean {
  if (key === undefined) return false;
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
}
