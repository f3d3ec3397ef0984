import type { EdgeSource } from '../../model/edge-source.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { ExplainedSite } from '../../plan/explain/explained-site.ts';
import { type LiveState, readLive } from '../read-live.ts';
import { type Wired, type WireOptions, wire } from '../wire.ts';
import { noEdge } from './no-edge.ts';

/**
 * The live site, as the record of its last finished deploy tells it; of the store only what no record holds is read.
 * Writes nothing. Throws `E_CONFIG` where nothing was published, or nothing with a distribution.
 */
export async function explainedLive(options: WireOptions): Promise<ExplainedSite> {
  const wired = await wire(options);
  try {
    const live = await readLive(wired);
    const manifest = live.manifest?.value;
    const edge = manifest?.edge;
    if (manifest === undefined || edge == null) throw noEdge(options.settings.site);
    const { source, layout, running } = edge;
    const domain = live.record.distribution?.domain;
    return {
      ...{ from: 'live', site: options.settings.site, release: manifest.release, source, layout, rules: null },
      objects: objectsOf(manifest),
      store: await storeOf(source, live, wired),
      secretValue: null,
      hosts: [...source.hosts, ...(domain === undefined ? [] : [domain.toLowerCase()])],
      warnings: running === null ? [] : ['rules of the release before may still hold, until the next deploy'],
    };
  } finally {
    wired.close();
  }
}

const objectsOf = ({ entries }: Manifest): ExplainedSite['objects'] =>
  new Map([...entries.values()].map(({ key, headers, tags }) => [key, { headers, tags }]));

/** Only auth and maintenance keep in the store what cannot be told from the record. */
async function storeOf(
  { auth, maintenance }: EdgeSource,
  { record }: LiveState,
  { data }: Wired,
): Promise<ReadonlyMap<string, string>> {
  const { storeArn } = record;
  if (storeArn === null || data === undefined) return new Map();
  const users = (auth?.users ?? []).map((user) => `u/${encodeURIComponent(user)}`);
  const keys = [...(maintenance === null ? [] : ['maintenance']), ...users, ...(auth?.jwt ? ['jwt'] : [])];
  const values = await Promise.all(keys.map((key) => data.read(storeArn, key)));
  return new Map(keys.flatMap((key, i) => (values[i] === undefined ? [] : [[key, values[i]]])));
}
