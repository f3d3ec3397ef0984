import { describe, expect, test } from 'vitest';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import type { Treatment } from '../support/fault-proxy.ts';
import { findStale } from './find-stale.ts';
import { editAll, mutateAll, mutateSite } from './mutate-site.ts';
import { openWorld, type World } from './open-world.ts';
import { createRandom, type Random } from './random.ts';
import { readSite } from './read-state.ts';
import { type Build, renderSite } from './render-site.ts';
import { startChild } from './run-child.ts';
import { slice } from './scale.ts';
import { file, firstSite, type SiteModel } from './site-model.ts';
import { count, tellCounts } from './tally.ts';
import { type Watch, watchSite } from './watch-site.ts';

// Visitors load pages between every two requests of deploys, and every half second while deploys wait. Each page that
// they get is one of a release, and finds every file that it needs.

const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
tellCounts('crawler', ['deploys', 'killed', 'pages', 'broken references', 'answers', 'stale']);

const leaseMs = 151_000;

interface Row {
  readonly name: string;
  readonly before: SiteModel;
  readonly after: SiteModel;
}

const put = <T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> =>
  new Map([...map, [key, value]]);

const withoutPage: SiteModel = {
  ...firstSite,
  pages: new Map([...firstSite.pages].filter(([key]) => key !== 'contact.html' && key !== 'blog/first/index.html')),
};

/** The first site with a picture that a style shows. `key` sorts before the style's or behind it. */
const withPicture = (key: string): SiteModel => ({
  ...firstSite,
  plain: put(put(firstSite.plain, key, file(2)), 'style.css', { text: 2, plain: ['theme.css', key], hashed: [] }),
});

const pictures = ['img/new.svg', 'zoo/new.svg'].flatMap((key): readonly Row[] => [
  { name: `a style that stays begins to show ${key}`, before: firstSite, after: withPicture(key) },
  { name: `a style that stays no longer shows ${key}`, before: withPicture(key), after: firstSite },
]);

const rows: readonly Row[] = [
  // The slice holds those whose style begins to show a picture: before and behind it.
  ...slice(pictures, 2, 0.25),
  { name: 'pages are removed', before: firstSite, after: withoutPage },
  { name: 'pages come back', before: withoutPage, after: firstSite },
  { name: 'everything changes', before: firstSite, after: editAll(firstSite, 2) },
];

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
    expect(await findStale(world, await readSite(world), keysOf([old, next]))).toEqual([]);
  } finally {
    await watch.close();
    await world.close();
  }
});

const keysOf = (builds: readonly Build[]): ReadonlySet<string> =>
  new Set(builds.flatMap(({ files }) => Object.keys(files)));

const through = (world: World, { endpoint }: Watch) => ({ local: { ...world.cloud, endpoint } });

describe('visitors find every page whole', () => {
  test.each(slice(seeds, 1))('history %i', { timeout: 180_000 }, async (seed) => {
    const random = createRandom(seed);
    const world = await openWorld({ seed });
    const first = await world.deploy(renderSite(firstSite));
    expect(first.error).toBeUndefined();
    await world.time.advance(10_000);
    const watch = await watchSite(world, { domain: first.distribution?.domain ?? '', random, pagesAtOnce: 1 });
    let past: readonly Release[] = [releaseOf(first, firstSite)];
    try {
      for (let step = 1; step <= 3; step++) {
        past = [...past, await move({ world, watch, random, past, n: step + 1 })];
        expect([step, watch.broken]).toEqual([step, []]);
      }
      expect(watch.pages()).toBeGreaterThan(50);
    } finally {
      await watch.close();
      await world.close();
    }
  });
});

/** A finished release and what it shows. */
interface Release {
  readonly id: string;
  readonly model: SiteModel;
  readonly build: Build;
}

const releaseOf = ({ release }: DeployResult, model: SiteModel): Release => ({
  id: release ?? '',
  model,
  build: renderSite(model),
});

interface Move {
  readonly world: World;
  readonly watch: Watch;
  readonly random: Random;
  /** What was live, the oldest first. */
  readonly past: readonly Release[];
  /** A number that no build has had. */
  readonly n: number;
}

/** One deploy or rollback that ends well, perhaps after another that was killed. */
async function move({ world, watch, random, past, n }: Move): Promise<Release> {
  const live = past.at(-1) as Release;
  const next = nextModel(live.model, random, n);
  const died = random.chance(0.4) ? await crashWatched({ world, watch, random, past, n }, next) : [];
  const isBack = past.length > 1 && random.chance(0.3);
  const target = isBack ? (past.at(-2) as Release) : undefined;
  const model = target?.model ?? (random.chance(0.7) ? next : live.model);
  const build = renderSite(model);
  watch.expect([live.build, ...died, build]);
  const result =
    target === undefined
      ? await world.deploy(build, through(world, watch))
      : await world.rollback(target.id, through(world, watch));
  count('deploys');
  expect(result.error).toBeUndefined();
  watch.expect([build]);
  await world.time.advance(10_000);
  const keys = keysOf([...past.map((one) => one.build), ...died, build]);
  expect(await findStale(world, await readSite(world), keys)).toEqual([]);
  return releaseOf(result, model);
}

const nextModel = (model: SiteModel, random: Random, n: number): SiteModel =>
  random.chance(0.25) ? mutateAll(model, random, n) : mutateSite(model, random, n);

/** A deploy or a rollback that is killed somewhere; what it published in part is seen until the next one has ended. */
async function crashWatched({ world, watch, random, past }: Move, next: SiteModel): Promise<readonly Build[]> {
  const live = past.at(-1) as Release;
  const target = past.length > 1 && random.chance(0.4) ? past.at(-2) : undefined;
  const build = target?.build ?? renderSite(next);
  const at = 10 + random.below(40);
  const when = random.pick(['before', 'after'] as const);
  watch.expect([live.build, build]);
  const back = target === undefined ? {} : { release: target.id, hold: false };
  const child = startChild(world, build, { endpoint: watch.endpoint, ...back });
  watch.strike((index): Treatment => {
    if (index < at) return { kind: 'pass' };
    child.process.kill('SIGKILL');
    return { kind: 'cut', when: index === at ? when : 'before' };
  });
  await child.end;
  count('killed');
  watch.strike(undefined);
  await world.time.advance(leaseMs);
  return [build];
}
