import vm from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CloudDescription } from '../../src/local-cloud/cloudfront/describe-cloud.ts';
import type { CacheContents } from '../../src/local-cloud/edge/create-network.ts';
import { invalidateMs, type LocalSite, openSite } from './open-site.ts';

let site: LocalSite;
beforeEach(async () => {
  site = await openSite({ pops: 2, lag: (place, { kind }) => (kind === 'invalidation' && place === 1 ? 1 : 0) });
});
afterEach(() => site.stop());

interface Inspected extends CloudDescription {
  readonly caches: readonly CacheContents[];
}
const inspect = async () => JSON.parse((await site.control('GET', '/_cdnpub/edge')).text) as Inspected;
const cached = async () =>
  (await inspect()).caches.map(({ place, entries }) => [
    place,
    ...entries.map(({ uri, ageSeconds }) => [uri, ageSeconds]),
  ]);

test('tells what lies in each cache, and how old it is', async () => {
  await site.put('a.html', 'body', 's-maxage=60');
  await site.visit(1, '/a.html');
  await site.clock.advance(61_500);
  const { caches } = await inspect();
  const entry = {
    ...{ distributionId: site.distributionId, uri: '/a.html', query: '', status: 200, kind: 'object' },
    ...{ encoding: 'identity', bytes: 4, ageSeconds: 61, freshForSeconds: -2 },
  };
  expect(caches).toMatchObject([
    { place: 0, entries: [] },
    { place: 1, entries: [entry] },
    { place: 'region', name: 'region', entries: [entry] },
  ]);
});

test('leaves out what an invalidation has reached, asked for or not', async () => {
  await site.put('a.html', 'a');
  await site.shown('/a.html');
  const id = await site.invalidate('/a.html', '/b/*');
  const a = ['/a.html', 0];
  expect(await cached()).toEqual([[0, a], [1, a], ['region']]);
  expect((await inspect()).invalidations).toEqual([
    {
      ...{ id, distributionId: site.distributionId, status: 'InProgress', items: ['/a.html', '/b/*'] },
      created: new Date(site.clock.now()).toISOString(),
    },
  ]);
  await site.clock.advance(invalidateMs / 2);
  expect((await cached()).map(({ length }) => length - 1)).toEqual([0, 1, 0]);
  await site.clock.advance(invalidateMs / 2);
  expect((await cached()).map(({ length }) => length - 1)).toEqual([0, 0, 0]);
  expect((await inspect()).invalidations[0]?.status).toBe('Completed');
});

test('tells the distributions', async () => {
  expect((await inspect()).distributions).toMatchObject([
    { id: site.distributionId, domain: site.host, status: 'Deployed', enabled: true },
  ]);
});

test('the page asks for it and its script is one', async () => {
  const { text } = await site.control('GET', '/_cdnpub/');
  const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? '';
  expect(() => new vm.Script(script)).not.toThrow();
  for (const path of ["ask('/_cdnpub/edge')", "ask('/_cdnpub/requests?since=' + next)"]) expect(script).toContain(path);
  expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
});

test('nothing can be written there', async () => {
  expect((await site.control('PUT', '/_cdnpub/edge', {})).status).toBe(404);
});
