import { folderOf } from './cover-key.ts';
import { type Budget, best, both, type Choice, type Front, nothing } from './front.ts';
import type { WasteMeter } from './waste-meter.ts';

export interface StalePath {
  readonly path: string;
  /** Its folder's tag reaches every version of it. */
  readonly tagged: boolean;
}

interface Task {
  readonly meter: WasteMeter;
  readonly budget: Budget;
  /** The item that a folder's tag is. */
  readonly tagItem: (folder: string) => string;
}

/**
 * Every sensible way to cover the paths (sorted) by exact paths, by wildcards and by tags of folders. Wildcards nest, so
 * the best of a prefix is made of the best of what is below it: nothing is guessed.
 */
export function coverPaths(stale: readonly StalePath[], task: Task): Front {
  return stale.length === 0 ? nothing : coverFolder('/', stale, task);
}

/** A folder with its tag or without it. */
function coverFolder(folder: string, stale: readonly StalePath[], task: Task): Front {
  const { meter, budget, tagItem } = task;
  const plain = coverNames(leavesOf(folder, stale, task), { ...task, waste: meter.under });
  const isReached = ({ path, tagged }: StalePath) => tagged && folderOf(path) === folder;
  const rest = stale.filter((key) => !isReached(key));
  if (rest.length === stale.length) return plain;
  const tag: Front = [{ items: 1, wildcards: 0, tags: 1, waste: meter.tagged(folder), picks: tagItem(folder) }];
  const waste = (prefix: string) => meter.underWithout(prefix, folder);
  const others = rest.length === 0 ? nothing : coverNames(leavesOf(folder, rest, task), { ...task, waste });
  return best([...plain, ...both(others, tag, budget)]);
}

/** What stands in a folder and is stale: a file, or a folder with what is stale below it. */
interface Leaf {
  /** Ends in `/` for a folder. */
  readonly path: string;
  readonly front: Front;
}

function leavesOf(folder: string, stale: readonly StalePath[], task: Task): readonly Leaf[] {
  const groups = new Map<string, StalePath[]>();
  for (const key of stale) {
    const slash = key.path.indexOf('/', folder.length);
    const name = slash < 0 ? key.path : key.path.slice(0, slash + 1);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [key]);
    else group.push(key);
  }
  const exact = (path: string): Front => [{ items: 1, wildcards: 0, tags: 0, waste: 0, picks: path }];
  // A key may end in a slash itself; it stands in the folder that it seems to be.
  const isFolder = (path: string) => path.endsWith('/') && path !== folder;
  return [...groups].map(([path, keys]) => ({
    path,
    front: isFolder(path) ? coverFolder(path, keys, task) : exact(path),
  }));
}

interface NameTask extends Task {
  readonly waste: (prefix: string) => number;
}

/** The leaves (sorted) each by itself, or those that begin alike by a wildcard. */
function coverNames(leaves: readonly Leaf[], task: NameTask): Front {
  const [first, last] = [leaves[0], leaves.at(-1)];
  if (first === undefined || last === undefined) return nothing;
  const prefix = commonPrefix(first.path, last.path);
  const wildcard = wildcardOver(prefix, task.waste);
  if (first === last) return first.path.endsWith('/') ? best([wildcard, ...first.front]) : first.front;
  let front = nothing;
  for (const group of groupBy(leaves, prefix.length)) {
    front = both(front, coverNames(group, task), task.budget);
    // Too many for any choice below: only a wildcard over all of them is left.
    if (front.length === 0) break;
  }
  return best([wildcard, ...front]);
}

/** Leaves that go on with the same character, in one group each; one that ends here stands alone. */
function groupBy(leaves: readonly Leaf[], at: number): readonly (readonly Leaf[])[] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const group = groups.get(leaf.path.charAt(at));
    if (group === undefined) groups.set(leaf.path.charAt(at), [leaf]);
    else group.push(leaf);
  }
  return [...groups.values()];
}

/** A prefix at a folder's end reads better, where it throws out no more. */
function wildcardOver(prefix: string, waste: (prefix: string) => number): Choice {
  const whole = outsideEscape(prefix);
  const folder = folderOf(whole);
  const chosen = waste(folder) === waste(whole) ? folder : whole;
  return { items: 1, wildcards: 1, tags: 0, waste: waste(chosen), picks: `${chosen}*` };
}

/** CloudFront compares spellings; half an escape would be none. */
const outsideEscape = (prefix: string): string => prefix.replace(/%[0-9A-F]?$/, '');

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
