import type { KeyRange } from '../../model/ports.ts';

/** S3: a LIST page holds at most 1,000 keys. */
const pageSize = 1_000;

/**
 * Ranges of keys to list in parallel, one page each where the bucket holds what `keys` (sorted) says.
 * With `wanted`, only the ranges that hold one of those, cut to where they begin and end.
 */
export function listRanges(keys: readonly string[], wanted?: ReadonlySet<string>): readonly KeyRange[] {
  const ranges: KeyRange[] = [];
  for (let start = 0; start < Math.max(keys.length, 1); start += pageSize) {
    const range = wanted === undefined ? wholePage(keys, start) : wantedPart(keys, start, wanted);
    if (range !== undefined) ranges.push(range);
  }
  return ranges;
}

function wholePage(keys: readonly string[], start: number): KeyRange {
  return { after: keys[start - 1], through: start + pageSize >= keys.length ? undefined : keys[start + pageSize - 1] };
}

function wantedPart(keys: readonly string[], start: number, wanted: ReadonlySet<string>): KeyRange | undefined {
  const page = keys.slice(start, start + pageSize);
  const first = page.findIndex((key) => wanted.has(key));
  if (first === -1) return undefined;
  return { after: keys[start + first - 1], through: page.findLast((key) => wanted.has(key)) };
}
