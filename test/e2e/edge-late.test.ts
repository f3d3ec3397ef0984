import { expect, test } from 'vitest';
import { type Bench, openBench } from '../support/open-bench.ts';

const withLogo = { 'index.html': '<img src="/logo">one', 'about/index.html': 'about', logo: 'logo' };

/** A build with a file without an ending is out, and its home page at the edge; the next build does without the file. */
async function openSecond(): Promise<Bench & { readonly domain: string }> {
  const bench = await openBench(withLogo, { delays: { invalidateMs: 20_000 } });
  const { domain } = await bench.publish();
  expect((await bench.cloud.ask(domain, '/')).text).toContain('/logo');
  bench.project.unbuild('logo');
  bench.project.build({ 'index.html': 'two' });
  return { ...bench, domain };
}

const logo = async ({ cloud, domain }: Bench & { readonly domain: string }) =>
  (await cloud.ask(domain, '/logo')).status;

/** Texts of functions that were published since a number of the log. */
const published = async ({ cloud }: Bench, since: number) =>
  (await cloud.requests(since)).requests.filter(({ op }) => op === 'PublishFunction').length;

// Without: plan-edge.ts, `leaving` left out of what the first program knows.
test('a file without an ending that the build drops answers until no edge holds a page that shows it', async () => {
  const bench = await openSecond();
  const { next } = await bench.cloud.requests();
  await bench.cloud.setFaults([{ match: { op: 'GetInvalidation' }, times: 1, do: { hold: true } }]);
  const deploying = bench.deploy();
  await bench.cloud.untilStruck();
  expect(await logo(bench)).toBe(200);
  expect(await published(bench, next)).toBe(0);
  await bench.cloud.clearFaults();
  expect(await deploying).toMatchObject({ ok: true, state: 'live', warnings: [] });
  expect(await published(bench, next)).toBe(1);
  // Nothing is known of the path any more: it is asked for as a folder, as on any site of folders.
  expect(await logo(bench)).toBe(301);
  expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
});

test('where the invalidation is not waited for, the file and its rule are left to the next deploy', async () => {
  const bench = await openSecond();
  const { next } = await bench.cloud.requests();
  const first = await bench.deploy({ settings: { wait: false } });
  expect(first.warnings).toEqual(['2 late changes are left to the next deploy: logo, edge rules']);
  expect([await logo(bench), await published(bench, next)]).toEqual([200, 0]);
  await bench.time.advance(60_000);
  expect(await bench.deploy()).toMatchObject({ ok: true, state: 'live', warnings: [] });
  expect([await logo(bench), await published(bench, next)]).toEqual([301, 1]);
  expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
});

test('a build that takes the file back while its removal is left finds everything as it was', async () => {
  const bench = await openSecond();
  await bench.deploy({ settings: { wait: false } });
  const { next } = await bench.cloud.requests();
  bench.project.build(withLogo);
  expect(await bench.deploy()).toMatchObject({ ok: true, state: 'live' });
  expect([await logo(bench), await published(bench, next)]).toEqual([200, 0]);
});
