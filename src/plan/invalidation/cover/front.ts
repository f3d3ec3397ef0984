/** One way to cover a set of keys: what it takes, what it throws out besides, and the items, as a tree. */
export interface Choice {
  readonly items: number;
  readonly wildcards: number;
  readonly tags: number;
  /** Weight of the unchanged objects that go with it. */
  readonly waste: number;
  readonly picks: Picks;
}

/** Items, joined without copying; the order is theirs. */
export type Picks = string | readonly [Picks, Picks] | null;

/** What a batch may hold. */
export interface Budget {
  readonly items: number;
  readonly wildcards: number;
}

/** Choices of which none is better than another in items, wildcards and waste at once. */
export type Front = readonly Choice[];

export const nothing: Front = [{ items: 0, wildcards: 0, tags: 0, waste: 0, picks: null }];

/** Every way to cover two sets, within the budget. */
export function both(a: Front, b: Front, budget: Budget): Front {
  if (a === nothing) return b;
  const least = new Map<number, Choice>();
  for (const left of a) {
    for (const right of b) {
      const items = left.items + right.items;
      const wildcards = left.wildcards + right.wildcards;
      if (items > budget.items || wildcards > budget.wildcards) continue;
      const cell = items * (budget.wildcards + 1) + wildcards;
      const waste = left.waste + right.waste;
      const tags = left.tags + right.tags;
      const found = least.get(cell);
      if (found !== undefined && (waste > found.waste || (waste === found.waste && tags >= found.tags))) continue;
      least.set(cell, { items, wildcards, tags, waste, picks: [left.picks, right.picks] });
    }
  }
  return best([...least.values()]);
}

/**
 * The choices that no other one beats, the best first: the least waste, then the fewest items, then those that say most
 * plainly what they reach.
 */
export function best(choices: readonly Choice[]): Front {
  const sorted = choices.toSorted((a, b) => a.waste - b.waste || a.items - b.items || vagueness(a) - vagueness(b));
  const kept: Choice[] = [];
  for (const choice of sorted) {
    const isBeaten = kept.some(({ items, wildcards }) => items <= choice.items && wildcards <= choice.wildcards);
    if (!isBeaten) kept.push(choice);
  }
  return kept;
}

/** A path says what it reaches; a wildcard nearly; a tag rests on what edges have kept. */
const vagueness = ({ wildcards, tags }: Choice): number => wildcards + tags * 2;

/** The items of a choice. */
export function itemsOf(picks: Picks): readonly string[] {
  if (picks === null) return [];
  return typeof picks === 'string' ? [picks] : [...itemsOf(picks[0]), ...itemsOf(picks[1])];
}
