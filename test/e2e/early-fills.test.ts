import { expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';

// An edge asks the bucket for a page, and gets its answer when a deploy has overwritten the page and had it forgotten.

const dayMs = 86_400_000;

/** What visitors get behind that: at once, when almost a day has passed, and when it has. */
async function overtake(keepEarlyFills: boolean): Promise<readonly string[]> {
  const { cloud, project, time, publish } = await openBench({ 'index.html': 'old' }, { keepEarlyFills });
  const { domain } = await publish();
  const look = async () => (await cloud.ask(domain, '/')).text;
  await cloud.setFaults([{ match: { caller: 'service', op: 'GetObject', key: 'index.html' }, do: { hold: true } }]);
  const early = look();
  await cloud.untilStruck();
  project.build({ 'index.html': 'new' });
  await publish();
  await cloud.clearFaults();
  const filledMs = time.now();
  expect(await early).toBe('old');
  const atOnce = await look();
  await time.advance(filledMs + dayMs - 60_000 - time.now());
  const before = await look();
  await time.advance(60_000);
  return [atOnce, before, await look()];
}

// Without: default-headers.ts: an s-maxage of more than a day.
test.each([
  ['dropped: nobody gets the old page again', false, ['new', 'new', 'new']],
  ['kept: the old page is served for a day at most', true, ['old', 'old', 'new']],
] as const)('such an answer is %s', async (_, keepEarlyFills, seen) => {
  expect(await overtake(keepEarlyFills)).toEqual(seen);
});
