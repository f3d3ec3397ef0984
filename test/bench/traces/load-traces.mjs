import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Histories of real sites, `NAME.json.gz` each: `newest` is the last build as `[path, id, size]`, `deploys` lead back
 * from it, newest first: `added` and `deleted` as `[path, id, size]`, `changed` with the old id and size behind. Equal
 * ids are equal bytes.
 */
export const loadTraces = (dir, names) =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => ({ ...JSON.parse(gunzipSync(readFileSync(join(dir, file)))), name: basename(file, '.json.gz') }))
    .filter(({ name }) => names.length === 0 || names.includes(name));

/** The builds of a history, the oldest first, each a map from path to `{ id, size }`; `count` deploys at most. */
export function* replay({ newest, deploys }, count = deploys.length) {
  const last = deploys.slice(0, count);
  const tree = new Map(newest.map(([path, id, size]) => [path, { id, size }]));
  for (const { added, changed, deleted } of last) {
    for (const [path] of added) tree.delete(path);
    for (const [path, , , id, size] of changed) tree.set(path, { id, size });
    for (const [path, id, size] of deleted) tree.set(path, { id, size });
  }
  yield { tree, seconds: Date.parse(last.at(-1)?.date ?? 0) / 1000 - 3600 };
  for (const { added, changed, deleted, date } of last.toReversed()) {
    for (const [path] of deleted) tree.delete(path);
    for (const [path, id, size] of [...changed, ...added]) tree.set(path, { id, size });
    yield { tree, seconds: Date.parse(date) / 1000 };
  }
}

/** What one build holds otherwise than the one before: keys that are new, changed and gone. */
export function compareBuilds(before, after) {
  const added = [...after.keys()].filter((key) => !before.has(key));
  const changed = [...after]
    .filter(([key, { id }]) => before.has(key) && before.get(key).id !== id)
    .map(([key]) => key);
  return { added, changed, deleted: [...before.keys()].filter((key) => !after.has(key)) };
}
