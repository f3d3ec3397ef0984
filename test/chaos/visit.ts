import { canonicalPath } from '../../src/edge/canonical-path.ts';
import { type EdgeAnswer, fetchEdge } from '../support/fetch-edge.ts';
import type { World } from './open-world.ts';

/** Asks a point of presence for an address as a browser does: redirects are followed. */
export async function visit(world: World, domain: string, pop: number, path: string): Promise<EdgeAnswer> {
  let to = path;
  for (let hop = 0; hop < 4; hop++) {
    const answer = await ask(world, domain, pop, to);
    if (answer.status !== 301) return answer;
    to = answer.headers.location ?? '';
  }
  throw new Error(`${path} leads in circles`);
}

/** The local runtime gives up on a function by the wall clock, so a busy machine can make it fail once. */
async function ask(world: World, domain: string, pop: number, path: string): Promise<EdgeAnswer> {
  const { host } = new URL(world.cloud.urlOf(domain));
  const once = () => fetchEdge(host, path, { headers: { 'x-cdnpub-pop': String(pop) }, agent: world.agent });
  const answer = await once();
  return answer.status === 503 ? once() : answer;
}

/** Asks every point of presence for every key, so that each holds what it can get. */
export async function visitAll(world: World, domain: string, keys: Iterable<string>): Promise<void> {
  for (const key of keys) await Promise.all(world.pops.map((pop) => visit(world, domain, pop, canonicalPath(key))));
}
