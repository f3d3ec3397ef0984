import { byteLength } from '../../model/byte-length.ts';

/** What is to be written to a store: values by key, and keys that go. No key stands in both. */
export interface KeyChanges {
  readonly puts: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
}

/** UpdateKeys: "up to 50 key-value pairs or 3 MB of data" in one call. Half is left for JSON's escapes. */
const most = { keys: 50, bytes: 1_500_000 } as const;

/** The changes in as many calls as they take, puts before deletes, in the order given. */
export function cutIntoBatches({ puts, deletes }: KeyChanges): readonly KeyChanges[] {
  const changes: readonly Change[] = [...puts, ...deletes.map((key) => [key, undefined] as const)];
  const batches: Change[][] = [];
  let bytes = 0;
  for (const change of changes) {
    const [key, value = ''] = change;
    const size = byteLength(key) + byteLength(value);
    const open = batches.at(-1);
    const fits = open !== undefined && open.length < most.keys && bytes + size <= most.bytes;
    if (fits) open.push(change);
    else batches.push([change]);
    bytes = (fits ? bytes : 0) + size;
  }
  return batches.map((batch) => ({
    puts: new Map(batch.filter((change): change is Put => change[1] !== undefined)),
    deletes: batch.filter(([, value]) => value === undefined).map(([key]) => key),
  }));
}

type Put = readonly [key: string, value: string];
type Change = Put | readonly [key: string, value: undefined];
