import type { Clock } from '../clock.ts';
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
  list(): FaultList;
  /** The action for a request; counts it. The first rule that matches and is neither skipping nor used up decides. */
  match(subject: FaultSubject): FaultAction | undefined;
  /** Ends when the rules are cleared. */
  untilCleared(): Promise<void>;
}

export interface FaultList {
  readonly rules: readonly (FaultRule & { readonly hits: number })[];
  /** Requests of the account since the rules were set. */
  readonly requests: number;
}

interface RuleState {
  readonly rule: FaultRule;
  seen: number;
  hits: number;
  /** When those of the last second passed, milliseconds; kept for a rate alone. */
  passed: readonly number[];
}

export function createFaults(clock: Clock): Faults {
  let rules: readonly RuleState[] = [];
  let requests = 0;
  let release = new Set<() => void>();
  const set = (next: readonly FaultRule[]) => {
    rules = next.map((rule) => ({ rule, seen: 0, hits: 0, passed: [] }));
    requests = 0;
  };
  return {
    set,
    clear() {
      set([]);
      const held = release;
      release = new Set();
      for (const go of held) go();
    },
    list: () => ({ rules: rules.map(({ rule, hits }) => ({ ...rule, hits })), requests }),
    match(subject) {
      const isCounted = subject.caller === 'account';
      if (isCounted) requests += 1;
      const index = isCounted ? requests : undefined;
      const found = rules.find((state) => isMatch(state.rule.match, subject, index) && strikes(state, clock.now()));
      return found?.rule.do;
    },
    untilCleared: () => new Promise((resolve) => release.add(resolve)),
  };
}

/** Whether a rule that matches acts on this request; counts it. */
function strikes(state: RuleState, now: number): boolean {
  const { skip = 0, times = Number.POSITIVE_INFINITY, do: action } = state.rule;
  state.seen += 1;
  if (state.seen <= skip || state.hits >= times) return false;
  if ('perSecond' in action && hasRoom(state, action.perSecond, now)) return false;
  state.hits += 1;
  return true;
}

function hasRoom(state: RuleState, perSecond: number, now: number): boolean {
  const recent = state.passed.filter((at) => at > now - 1000);
  const isFree = recent.length < perSecond;
  state.passed = isFree ? [...recent, now] : recent;
  return isFree;
}

function isMatch(match: FaultMatch, subject: FaultSubject, index: number | undefined): boolean {
  const same = (['service', 'op', 'caller', 'method'] as const).every(
    (name) => match[name] === undefined || match[name] === subject[name],
  );
  const { key } = match;
  return (
    same && (match.index === undefined || match.index === index) && (key === undefined || isKeyMatch(key, subject))
  );
}

function isKeyMatch(pattern: string, { key }: FaultSubject): boolean {
  if (key === undefined) return false;
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) : key === pattern;
}
