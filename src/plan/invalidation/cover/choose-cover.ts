import { type CoverKey, folderOf, weightOf } from './cover-key.ts';
import { coverPaths } from './cover-paths.ts';
import { type Budget, best, type Choice, itemsOf } from './front.ts';
import { meterWaste } from './waste-meter.ts';

export interface CoverRequest {
  /** What edges must forget. */
  readonly stale: readonly CoverKey[];
  /** What they may keep. */
  readonly unchanged: readonly CoverKey[];
  readonly budget: Budget;
  /** The tag that the objects directly in a folder carry. */
  readonly folderTag: (folder: string) => string;
  /** Tags that objects of all folders share, one for each class. */
  readonly classTags: readonly string[];
}

/** The items of one invalidation. */
export interface Cover {
  /** Exact paths, `/prefix*` and `#tag`. */
  readonly items: readonly string[];
  /** Bytes of unchanged objects that go with them; one at least for each object. */
  readonly waste: number;
}

/**
 * The items that reach every stale object within the budget and throw out the fewest unchanged bytes; of equal ones the
 * fewest. Exact: every set of class tags is tried, and for each the best of paths, wildcards and folders' tags.
 */
export function chooseCover(request: CoverRequest): Cover {
  const { stale, budget, classTags } = request;
  const useful = classTags.filter((tag) => stale.some(({ tags }) => tags.includes(tag)));
  const choices = subsets(useful)
    .filter((tags) => tags.length <= budget.items)
    .map((tags) => coverBeside(tags, request))
    .filter((choice) => choice !== undefined);
  const [chosen] = best(choices);
  if (chosen === undefined) throw new Error('a wildcard for everything is always within the budget');
  return { items: itemsOf(chosen.picks).toSorted(), waste: chosen.waste };
}

/** The best cover that holds these class tags. */
function coverBeside(tags: readonly string[], request: CoverRequest): Choice | undefined {
  const { stale, unchanged, budget, folderTag } = request;
  const isReached = (key: CoverKey) => key.tags.some((tag) => tags.includes(tag));
  const [gone, kept] = [unchanged.filter(isReached), unchanged.filter((key) => !isReached(key))];
  const front = coverPaths(
    sortedPaths(
      stale.filter((key) => !isReached(key)),
      folderTag,
    ),
    {
      meter: meterWaste(kept, folderTag),
      budget: { ...budget, items: budget.items - tags.length },
      tagItem: (folder) => `#${folderTag(folder)}`,
    },
  );
  const [first] = best(front.filter(({ items }) => items + tags.length <= budget.items));
  if (first === undefined) return undefined;
  const waste = gone.reduce((sum, key) => sum + weightOf(key), first.waste);
  const picks = tags.reduce<Choice['picks']>((picked, tag) => [picked, `#${tag}`], first.picks);
  return { ...first, items: first.items + tags.length, tags: first.tags + tags.length, waste, picks };
}

const sortedPaths = (keys: readonly CoverKey[], folderTag: CoverRequest['folderTag']) =>
  keys
    .map(({ path, tags }) => ({ path, tagged: tags.includes(folderTag(folderOf(path))) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));

const subsets = (tags: readonly string[]): readonly (readonly string[])[] => {
  const sets: (readonly string[])[] = [[]];
  for (const tag of tags) sets.push(...sets.map((set) => [...set, tag]));
  return sets;
};
