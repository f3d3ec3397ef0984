import { canonicalPath } from '../../src/edge/canonical-path.ts';
import { digest } from '../support/digest.ts';
import type { World } from './open-world.ts';
import type { ReadSite } from './read-state.ts';
import { count } from './tally.ts';
import { visit } from './visit.ts';

/** Keys that some point of presence answers otherwise than the bucket says, in words. */
export async function findStale(world: World, site: ReadSite, keys: Iterable<string>): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const key of keys) {
    const found = await Promise.all(world.pops.map((pop) => compare(world, site, key, pop)));
    count('answers', found.length);
    stale.push(...found.filter((what) => what !== undefined));
  }
  count('stale', stale.length);
  return stale;
}

async function compare(world: World, site: ReadSite, key: string, pop: number): Promise<string | undefined> {
  const answer = await visit(world, site.domain, pop, canonicalPath(key));
  const object = site.bucket.get(key);
  const wanted = object === undefined ? 404 : 200;
  const tell = (what: string) => `${key} at ${pop}: ${what}`;
  if (key === '404.html' && object !== undefined) return undefined; // answered as every missing page is
  if (answer.status !== wanted) return tell(`${answer.status} where ${wanted} is right`);
  if (object === undefined) return undefined;
  if (digest(answer.bytes) !== object.sha256) return tell('other bytes');
  const names = ['cache-control', 'content-type'] as const;
  const wrong = names.find((name) => answer.headers[name] !== object.headers[name]);
  return wrong === undefined ? undefined : tell(`another ${wrong}: ${answer.headers[wrong]}`);
}
