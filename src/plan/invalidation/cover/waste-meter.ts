import { type CoverKey, folderOf, weightOf } from './cover-key.ts';

/** What items would throw out besides: weights of unchanged objects, looked up in the time of a binary search. */
export interface WasteMeter {
  /** Under a prefix. */
  under(prefix: string): number;
  /** Under a prefix, but for those that carry the tag of a folder. */
  underWithout(prefix: string, folder: string): number;
  /** Of those that carry the tag of a folder. */
  tagged(folder: string): number;
}

/** A meter of the objects that no item chosen so far throws out already. `tagOf` names the tag of a folder. */
export function meterWaste(unchanged: readonly CoverKey[], tagOf: (folder: string) => string): WasteMeter {
  const sorted = unchanged.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const all = sumUp(sorted);
  const byFolder = new Map<string, CoverKey[]>();
  for (const key of sorted) {
    const folder = folderOf(key.path);
    if (!key.tags.includes(tagOf(folder))) continue;
    const list = byFolder.get(folder);
    if (list === undefined) byFolder.set(folder, [key]);
    else list.push(key);
  }
  const sums = new Map([...byFolder].map(([folder, keys]) => [folder, sumUp(keys)]));
  const under = (prefix: string) => all(prefix);
  return {
    under,
    underWithout: (prefix, folder) => under(prefix) - (sums.get(folder)?.(prefix) ?? 0),
    tagged: (folder) => sums.get(folder)?.('') ?? 0,
  };
}

/** Weight of the sorted keys that begin with a prefix. */
function sumUp(sorted: readonly CoverKey[]): (prefix: string) => number {
  const sums = new Float64Array(sorted.length + 1);
  for (const [at, key] of sorted.entries()) sums[at + 1] = (sums[at] ?? 0) + weightOf(key);
  const find = (text: string): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.path ?? '') < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  // Paths are ASCII: nothing that begins with the prefix sorts behind it and U+FFFF.
  return (prefix) => (sums[find(`${prefix}\uffff`)] ?? 0) - (sums[find(prefix)] ?? 0);
}
