import { type AssetClass, assetClasses, type StoredHeaders } from '../../model/asset.ts';
import { compareKeys } from '../../model/compare-keys.ts';
import { type Manifest, type ManifestEntry, stateSchema } from '../../model/manifest.ts';
import { objectTags } from '../assets/object-tags.ts';
import { readSchema } from './read-schema.ts';

/**
 * A manifest (and a release) as text: one JSON value a line, so that it can be streamed. The first line is the head with
 * everything but the entries, and a table of the header sets in use; each further line is one entry,
 * `[key, sha256, size, etag, lastModified, versionId, header set, tags, retainedSince]`, sorted by key.
 */
export function encodeManifest(manifest: Manifest): string {
  const { entries, ...head } = manifest;
  const sets = new Map<string, number>();
  const lines = [...entries.values()]
    .sort((a, b) => compareKeys(a.key, b.key))
    .map((entry) => JSON.stringify(encodeEntry(entry, sets)));
  const headerSets = [...sets.keys()].map((text) => JSON.parse(text) as StoredHeaders);
  return `${[JSON.stringify({ ...head, count: lines.length, headerSets }), ...lines].join('\n')}\n`;
}

/** The manifest that a text holds, or undefined where the text is garbled. Throws `E_NEWER_STATE` for a newer schema. */
export function decodeManifest(text: string): Manifest | undefined {
  const [first, ...lines] = text.split('\n').filter((line) => line !== '');
  try {
    const { headerSets, count, ...head } = JSON.parse(first ?? '') as Omit<Manifest, 'entries'> & Table;
    readSchema(head, 'the manifest');
    const rows = lines.map((line) => decodeEntry(JSON.parse(line) as EncodedEntry, headerSets));
    if (rows.length !== count || !isWhole(head)) return undefined;
    const entries = new Map(rows.map((entry) => [entry.key, entry]));
    return { ...earlier(head), ...head, edge: readEdge(head.edge), schema: stateSchema, entries };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** What a manifest lacks that an earlier cdnpub wrote. */
const earlier = ({ run: { ci } }: Pick<Manifest, 'run'>): Partial<Manifest> => ({
  history: [],
  newestRuns: ci === null ? [] : [ci],
  rolledBackTo: null,
  edge: null,
});

/** Of the edge an early cdnpub kept the text alone, which tells nothing of what it was made of. */
const readEdge = (edge: Manifest['edge'] | undefined): Manifest['edge'] =>
  edge?.source === undefined ? null : { ...edge, running: edge.running ?? null };

/** Whether the head holds what a deploy goes by; a manifest that was edited by hand may not. */
const isWhole = ({ release, tombstones, releases }: Omit<Manifest, 'entries'>): boolean =>
  typeof release === 'string' && Array.isArray(tombstones) && Array.isArray(releases);

interface Table {
  readonly headerSets: readonly StoredHeaders[];
  readonly count: number;
}

type EncodedEntry = readonly [
  key: string,
  sha256: string,
  size: number,
  etag: string,
  lastModified: number,
  versionId: string | null,
  headerSet: number,
  tags: EncodedTags,
  retainedSince: number | null,
];

type EncodedTags = 0 | AssetClass | readonly string[];

function encodeEntry(entry: ManifestEntry, sets: Map<string, number>): EncodedEntry {
  const text = JSON.stringify(Object.fromEntries(Object.entries(entry.headers).sort()));
  const set = sets.get(text) ?? sets.size;
  sets.set(text, set);
  const { key, sha256, size, etag, lastModified, versionId, tags, retainedSince } = entry;
  return [key, sha256, size, etag, lastModified, versionId, set, encodeTags(key, tags), retainedSince];
}

/** Tags that follow from the key are told by the class alone; they would be most of the text. */
function encodeTags(key: string, tags: readonly string[]): EncodedTags {
  if (tags.length === 0) return 0;
  const own = assetClasses.find((one) => objectTags(key, one).join() === tags.join());
  return own ?? tags;
}

function decodeTags(key: string, tags: EncodedTags): readonly string[] {
  if (tags === 0) return [];
  return typeof tags === 'string' ? objectTags(key, tags) : tags;
}

function decodeEntry(row: EncodedEntry, headerSets: readonly StoredHeaders[]): ManifestEntry {
  const [key, sha256, size, etag, lastModified, versionId, set, tags, retainedSince] = row;
  const headers = headerSets[set];
  if (headers === undefined || typeof key !== 'string') throw new TypeError('no such header set');
  const told = { key, sha256, size, etag, lastModified, versionId, headers };
  return { ...told, tags: decodeTags(key, tags), retainedSince };
}
