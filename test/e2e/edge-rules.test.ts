import { expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';

/** More rules for single paths than a function's text takes: they lie in the store. */
const rules = (last: number): string =>
  Array.from({ length: last }, (_, n) => `/old/${n}-${'x'.repeat(40)} /new/${n} 301`).join('\n');

const from = (n: number): string => `/old/${n}-${'x'.repeat(40)}`;

// Without: plan-edge.ts, sourcesBefore: what was up there left out.
test('hundreds of redirects work from the store, and one that is dropped goes when edges have forgotten the old pages', async () => {
  const files = { 'index.html': 'one', 'blog/index.html': 'blog', _redirects: rules(400) };
  const bench = await openBench(files, { delays: { invalidateMs: 20_000 } });
  const { domain, requests } = await bench.publish();
  expect(requests.kvs.write).toBeGreaterThan(0);
  await bench.time.advance(15_000);
  const ask = async (n: number) => (await bench.cloud.ask(domain, from(n))).headers.location;
  expect([await ask(0), await ask(399)]).toEqual(['/new/0', '/new/399']);
  expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });

  bench.project.build({ 'index.html': 'two', _redirects: rules(399) });
  await bench.cloud.setFaults([{ match: { op: 'GetInvalidation' }, times: 1, do: { hold: true } }]);
  const deploying = bench.deploy();
  await bench.cloud.untilStruck();
  expect([await ask(0), await ask(399)]).toEqual(['/new/0', '/new/399']);
  await bench.cloud.clearFaults();
  expect(await deploying).toMatchObject({ ok: true, state: 'live' });
  await bench.time.advance(15_000);
  expect([await ask(0), (await ask(399)) === '/new/399']).toEqual(['/new/0', false]);
  expect(await bench.deploy()).toMatchObject({ state: 'unchanged' });
});
