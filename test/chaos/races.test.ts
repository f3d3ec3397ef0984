import { describe, expect, test } from 'vitest';
import { type Contender, type Ended, runContenders } from './contenders.ts';
import { findStale } from './find-stale.ts';
import { findStrays } from './find-strays.ts';
import { mutateAll } from './mutate-site.ts';
import { openWorld, type World } from './open-world.ts';
import { createRandom, type Random } from './random.ts';
import { readSite } from './read-state.ts';
import { type Build, renderSite } from './render-site.ts';
import { slice } from './scale.ts';
import { firstSite } from './site-model.ts';
import { count, tellCounts } from './tally.ts';
import { visitAll } from './visit.ts';

// Two to five processes deploy different builds at once; some are killed, some fall asleep with the lock in their hands
// and wake when it is another's. In the end there is one site, and whoever did not publish was told why.

const first = renderSite(firstSite);
const patientMs = 15 * 60_000;
const leaseMs = 151_000;

interface Race {
  readonly name: string;
  /** Whether the site stands before. */
  readonly stands: boolean;
  readonly make: (random: Random) => readonly Omit<Contender, 'build'>[];
}

const patient = { lockTimeoutMs: patientMs };
const hasty = { lockTimeoutMs: 0 };
/** Past the lock, and before the end. */
const somewhere = (random: Random) => 18 + random.below(25);

const races: readonly Race[] = [
  { name: 'two who wait', stands: true, make: () => [patient, patient] },
  { name: 'three who do not wait', stands: true, make: () => [hasty, hasty, hasty] },
  { name: 'two first deploys', stands: false, make: () => [patient, patient] },
  { name: 'two, one is killed', stands: true, make: (random) => [{ ...patient, killAt: somewhere(random) }, patient] },
  { name: 'two, one sleeps', stands: true, make: (random) => [{ ...patient, suspendAt: somewhere(random) }, patient] },
  {
    name: 'five, one is killed and one sleeps',
    stands: true,
    make: (random) => [
      { ...patient, killAt: somewhere(random) },
      { ...patient, suspendAt: somewhere(random) },
      patient,
      patient,
      hasty,
    ],
  },
];

const seeds = Array.from({ length: 12 }, (_, at) => at + 1);

tellCounts('races', ['races', 'deploys', 'published', 'answers', 'stale', 'mixed']);

// The slice holds those in which somebody is hasty, first, asleep and killed.
describe.each(slice(races, 4, 0.99))('$name', ({ stands, make }) => {
  test.each(slice(seeds, 1))('race %i', { timeout: 180_000 }, async (seed) => {
    const random = createRandom(seed);
    const contenders = make(random).map((one, at) => ({
      ...one,
      build: renderSite(mutateAll(firstSite, random, at + 2)),
    }));
    const keys = new Set([first, ...contenders.map(({ build }) => build)].flatMap(({ files }) => Object.keys(files)));
    const world = await openWorld({ seed });
    try {
      if (stands) await publishFirst(world, keys);
      const ended = await runContenders(world, contenders);
      count('races');
      count('deploys', ended.length);
      count('published', ended.filter(({ result }) => result?.state === 'live').length);
      for (const end of ended) checkEnd(end, ended);
      await checkOneSite(world, ended);
      await checkNext(world, contenders[0]?.build ?? first, keys);
    } finally {
      await world.close();
    }
  });
});

async function publishFirst(world: World, keys: Iterable<string>): Promise<void> {
  const { distribution } = await world.deploy(first);
  await world.time.advance(10_000);
  await visitAll(world, distribution?.domain ?? '', keys);
}

/** Who did not publish was told who held the lock, or that it lost its own, or what had moved under it. */
function checkEnd({ result, contender, name }: Ended, all: readonly Ended[]): void {
  if (result === undefined) return void expect(contender.killAt).toBeDefined();
  if (result.ok) return;
  // Who slept may find first that its request took too long; so may anybody on a busy machine, for time flows by itself.
  expect(['E_LOCKED', 'E_STALE', 'E_FOREIGN_OBJECT', 'E_TIMEOUT']).toContain(result.error?.code);
  if (result.error?.code !== 'E_LOCKED') return;
  const holder = result.error.details.user;
  if (holder === undefined) return void expect(result.error.message).toMatch(/^this deploy lost its lock: /);
  const others = all.map((one) => one.name).filter((other) => other !== name);
  expect(others).toContain(holder);
  expect(result.error.message).toContain(`${holder} on desk`);
}

/** Where nobody died, the site is one build, whole: that of the last who published. */
async function checkOneSite(world: World, ended: readonly Ended[]): Promise<void> {
  const died = ended.some(
    ({ contender: { killAt, suspendAt }, result }) =>
      killAt !== undefined || suspendAt !== undefined || result?.error?.code === 'E_TIMEOUT',
  );
  const published = ended.filter(({ result }) => result?.state === 'live');
  if (died && published.length === 0) return;
  expect(published.length).toBeGreaterThan(0);
  const site = await readSite(world);
  const last = published.find(({ result }) => result?.release === site.manifest.release);
  if (died && last === undefined) return;
  expect(last).toBeDefined();
  if (!died) expect(findStrays(site, last?.contender.build ?? first)).toEqual([]);
}

/** The next deploy makes one site of whatever the dead left, at every edge. */
async function checkNext(world: World, build: Build, keys: Iterable<string>): Promise<void> {
  await world.time.advance(leaseMs);
  const result = await world.deploy(build);
  expect(result.error).toBeUndefined();
  await world.time.advance(10_000);
  const site = await readSite(world);
  expect(findStrays(site, build)).toEqual([]);
  expect(await findStale(world, site, keys)).toEqual([]);
  expect(await world.deploy(build)).toMatchObject({ ok: true, changed: false });
}
