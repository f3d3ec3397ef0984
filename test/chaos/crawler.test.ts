import { describe, expect, test } from 'vitest';
import type { Treatment } from '../support/fault-proxy.ts';
import { mutateAll, mutateSite } from './mutate-site.ts';
import { openWorld, type World } from './open-world.ts';
import { createRandom, type Random } from './random.ts';
import { type Build, renderSite } from './render-site.ts';
import { startChild } from './run-child.ts';
import { slice } from './scale.ts';
import { file, firstSite, type SiteModel } from './site-model.ts';
import { type Watch, watchSite } from './watch-site.ts';

// Visitors load pages between every two requests of deploys, and every half second while deploys wait. Each page that
// they get is one of a release, and finds every file that it needs.

const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
const leaseMs = 151_000;

interface Row {
  readonly name: string;
  readonly before: SiteModel;
  readonly after: SiteModel;
}

const put = <T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> =>
  new Map([...map, [key, value]]);

/** The first site with a picture that a style shows. `key` sorts before the style's or behind it. */
const withPicture = (key: string): SiteModel => ({
  ...firstSite,
  plain: put(put(firstSite.plain, key, file(2)), 'style.css', { text: 2, plain: ['theme.css', key], hashed: [] }),
});

const rows: readonly Row[] = ['img/new.svg', 'zoo/new.svg'].flatMap((key) => [
  { name: `a style that stays begins to show ${key}`, before: firstSite, after: withPicture(key) },
  { name: `a style that stays no longer shows ${key}`, before: withPicture(key), after: firstSite },
]);

test.each(rows)('visitors find every page whole while $name', async ({ before, after }) => {
  const random = createRandom(1);
  const [old, next] = [renderSite(before), renderSite(after)];
  const world = await openWorld({ seed: 1 });
  const { distribution } = await world.deploy(old);
  await world.time.advance(10_000);
  const watch = await watchSite(world, { domain: distribution?.domain ?? '', random, pagesAtOnce: 3 });
  try {
    watch.expect([old, next]);
    expect(await world.deploy(next, through(world, watch))).toMatchObject({ ok: true, state: 'live' });
    expect(watch.broken).toEqual([]);
  } finally {
    await watch.close();
    await world.close();
  }
});

const through = (world: World, { endpoint }: Watch) => ({ local: { ...world.cloud, endpoint } });

describe('visitors find every page whole', () => {
  test.each(slice(seeds, 3))('history %i', async (seed) => {
    const random = createRandom(seed);
    const world = await openWorld({ seed });
    let model = firstSite;
    let live = renderSite(model);
    const { distribution, error } = await world.deploy(live);
    expect(error).toBeUndefined();
    await world.time.advance(10_000);
    const watch = await watchSite(world, { domain: distribution?.domain ?? '', random, pagesAtOnce: 1 });
    try {
      for (let step = 1; step <= 3; step++) {
        const next = nextModel(model, random, step + 1);
        const build = renderSite(next);
        const died = random.chance(0.4) ? await crashWatched(world, watch, { live, build, random }) : [];
        const last = random.chance(0.7) ? build : live;
        watch.expect([live, ...died, last]);
        const result = await world.deploy(last, through(world, watch));
        expect(result.error).toBeUndefined();
        watch.expect([last]);
        await world.time.advance(10_000);
        expect([step, watch.broken]).toEqual([step, []]);
        live = last;
        if (last === build) model = next;
      }
      expect(watch.pages()).toBeGreaterThan(50);
    } finally {
      await watch.close();
      await world.close();
    }
  });
});

const nextModel = (model: SiteModel, random: Random, n: number): SiteModel =>
  random.chance(0.25) ? mutateAll(model, random, n) : mutateSite(model, random, n);

/** A deploy that is killed somewhere; what it published in part is seen until the next one has ended. */
async function crashWatched(
  world: World,
  watch: Watch,
  { live, build, random }: { readonly live: Build; readonly build: Build; readonly random: Random },
): Promise<readonly Build[]> {
  const at = 10 + random.below(40);
  const when = random.pick(['before', 'after'] as const);
  watch.expect([live, build]);
  const child = startChild(world, build, { endpoint: watch.endpoint });
  watch.strike((index): Treatment => {
    if (index < at) return { kind: 'pass' };
    child.process.kill('SIGKILL');
    return { kind: 'cut', when: index === at ? when : 'before' };
  });
  await child.end;
  watch.strike(undefined);
  await world.time.advance(leaseMs);
  return [build];
}
