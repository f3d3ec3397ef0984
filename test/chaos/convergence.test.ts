import { expect, test } from 'vitest';
import { writesOf } from '../support/request-log.ts';
import { s3Client } from '../support/s3-client.ts';
import { lockIsLeft } from './check-recovered.ts';
import { findStale } from './find-stale.ts';
import { findStrays } from './find-strays.ts';
import { put } from './hand.ts';
import { mutateAll } from './mutate-site.ts';
import { type OddStart, oddStarts } from './odd-starts.ts';
import { openWorld, type World } from './open-world.ts';
import { createRandom } from './random.ts';
import { readBucket } from './read-bucket.ts';
import { readSite } from './read-state.ts';
import { refusedStarts } from './refused-starts.ts';
import { type Build, renderSite } from './render-site.ts';
import { slice } from './scale.ts';
import { firstSite } from './site-model.ts';
import { count, tellCounts } from './tally.ts';
import { visitAll } from './visit.ts';

// From whatever a bucket holds, one deploy makes the build of it and the next has nothing to do; or it is refused, and
// then nothing was written.

const one = renderSite(firstSite);
const two = renderSite(mutateAll(firstSite, createRandom(1), 2));
const keys = new Set([one, two].flatMap(({ files }) => Object.keys(files)));
/** Objects of somebody else on keys that no build has. */
const theirKeys = ['theirs.txt', 'assets/theirs.0123456789abcdef.js'];

tellCounts('convergence', ['starts', 'answers', 'stale', 'mixed']);

const starts = oddStarts(one).flatMap((row) =>
  [one, two].map((build) => ({ ...row, build, which: build === one ? 'same' : 'next' })),
);

test.each(slice(starts, 5))('$name, then the $which build', async (start) => {
  const world = await openWorld({ seed: 1 });
  const client = s3Client(world);
  try {
    const hand = { client, Bucket: world.bucket };
    const domain = start.stands ? await publish(world) : undefined;
    await start.meddle(hand);
    for (const key of theirKeys) await put(hand, key, 'theirs');
    const theirs = new Map(
      [...(await readBucket(client, world.bucket))].map(([key, { versionId }]) => [key, versionId]),
    );
    if (domain !== undefined) await visitAll(world, domain, keys);
    await world.time.advance(151_000);
    const wanted = new Map(theirKeys.map((key) => [key, theirs.get(key) ?? null]));
    await checkConverged(world, start.build, { ...start, theirs: wanted });
  } finally {
    client.destroy();
    await world.close();
  }
});

async function publish(world: World): Promise<string> {
  const result = await world.deploy(one);
  expect(result.error).toBeUndefined();
  await world.time.advance(10_000);
  const domain = result.distribution?.domain ?? '';
  await visitAll(world, domain, keys);
  return domain;
}

const allowed = {
  ...{ empty: false, noIndex: false, projectRoot: false, secrets: false, older: false },
  ...{ massDelete: true, adopt: true },
};

interface Wanted extends Pick<OddStart, 'mayStay' | 'lasting'> {
  /** Objects of somebody else, by key, with the version that must still be there. */
  readonly theirs: ReadonlyMap<string, string | null>;
}

async function checkConverged(world: World, build: Build, { theirs, mayStay = [], lasting }: Wanted): Promise<void> {
  const result = await world.deploy(build, { allowed });
  count('starts');
  expect(result.error).toBeUndefined();
  await world.time.advance(10_000);
  const site = await readSite(world);
  expect(
    site.faults.filter((fault) => (result.changed || fault !== lockIsLeft) && lasting?.test(fault) !== true),
  ).toEqual([]);
  expect(findStrays(site, build, new Set([...theirs.keys(), ...mayStay]))).toEqual([]);
  for (const [key, versionId] of theirs) expect([key, site.bucket.get(key)?.versionId]).toEqual([key, versionId]);
  expect(await findStale(world, site, keys)).toEqual([]);
  const { next } = await world.requests();
  expect(await world.deploy(build, { allowed })).toMatchObject({ ok: true, changed: false });
  expect(writesOf((await world.requests(next)).requests)).toEqual([]);
}

test.each(refusedStarts)('refused, and nothing written: $name', async ({ code, stands, meddle, bucket = null }) => {
  const world = await openWorld({ seed: 1 });
  const client = s3Client(world);
  try {
    if (stands) await publish(world);
    await meddle({ client, Bucket: world.bucket }, world);
    const { next } = await world.requests();
    const { settings } = world.place(two);
    const result = await world.deploy(two, { allowed, settings: { ...settings, bucket } });
    expect(result).toMatchObject({ ok: false, state: 'unchanged', changed: false, error: { code } });
    expect(writesOf((await world.requests(next)).requests)).toEqual([]);
  } finally {
    client.destroy();
    await world.close();
  }
});
