import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, test } from 'vitest';
import { s3Client } from '../support/s3-client.ts';
import { checkRecovered } from './check-recovered.ts';
import { type CrashPoint, crash } from './crash.ts';
import { editAll, mutateAll } from './mutate-site.ts';
import { openWorld, type World } from './open-world.ts';
import { createRandom } from './random.ts';
import { readBucket } from './read-bucket.ts';
import { type Build, renderSite } from './render-site.ts';
import { slice } from './scale.ts';
import { firstSite } from './site-model.ts';
import { count, tellCounts } from './tally.ts';
import { undisturbed } from './undisturbed.ts';
import { visitAll } from './visit.ts';

// A process that deploys is killed at each of its requests, before and after the service does what was asked. Visitors
// have loaded everything before, and do so again when it is dead. Whatever is deployed next must find its way.

const models = [firstSite, mutateAll(firstSite, createRandom(1), 2)] as const;
const [one, two] = models.map(renderSite) as [Build, Build];
const three = renderSite(mutateAll(models[1], createRandom(2), 3));
/** The keys of the second build, each with another text. */
const edited = renderSite(editAll(models[1], 4));

/** The lease of the dead and the time in which its last request may land. */
const leaseMs = 151_000;

interface Row {
  readonly name: string;
  /** What is live before. */
  readonly live: readonly Build[];
  /** What the killed deploys publish. */
  readonly killed: readonly Build[];
  /** What is deployed in the end. */
  readonly last: Build;
  readonly slice: number;
  /** Nothing but requests passes between the deploys before and the first that is killed: S3 tells whole seconds only. */
  readonly atOnce?: true;
}

const rows: readonly Row[] = [
  { name: 'a first deploy', live: [], killed: [one], last: one, slice: 4 },
  { name: 'a first deploy, and another build is next', live: [], killed: [one], last: two, slice: 2 },
  { name: 'a redeploy', live: [one], killed: [two], last: two, slice: 7 },
  { name: 'a redeploy, and another build is next', live: [one], killed: [two], last: three, slice: 3 },
  { name: 'a redeploy, and the build is reverted', live: [one], killed: [two], last: one, slice: 4 },
  { name: 'a redeploy, twice', live: [one], killed: [two, two], last: two, slice: 2 },
  { name: 'a redeploy in the same second', live: [one], killed: [two], last: two, slice: 4, atOnce: true },
  { name: 'a redeploy and its reversal, then the same keys', live: [one], killed: [two, one], last: edited, slice: 3 },
  { name: 'a redeploy, twice, of other builds', live: [one], killed: [two, three], last: one, slice: 2 },
];

tellCounts('crash', ['crash points', 'answers', 'stale', 'lost', 'mixed']);

describe.each(rows)('killed: $name', async (row) => {
  const references = await Promise.all(pathsOf(row).map(undisturbed));
  const { requests } = await undisturbed([...row.live, ...row.killed.slice(0, 1)]);
  const states = references.map(({ state }) => state);
  const points = Array.from({ length: requests }, (_, at): CrashPoint[] => [
    { index: at + 1, kill: 'before' },
    { index: at + 1, kill: 'after' },
  ]).flat();

  test.each(slice(points, row.slice))('killed $kill request $index', async (point) => {
    const world = await openWorld({ seed: point.index });
    try {
      const theirs = row.live.length > 0 ? await publishAll(world, row) : undefined;
      for (const [again, build] of row.killed.entries()) {
        // The second of two dies somewhere else.
        const { index } = again === 0 ? point : { index: ((point.index * 7) % requests) + 1 };
        await crash(world, build, { ...point, index });
        count('crash points');
        if (theirs !== undefined) await visitAll(world, theirs.domain, keysOf(row));
        await world.time.advance(leaseMs);
      }
      const result = await world.deploy(row.last);
      const theirVersions = theirs === undefined ? {} : { theirs: theirs.versions };
      await checkRecovered(world, result, { build: row.last, states, keys: keysOf(row), ...theirVersions });
    } finally {
      await world.close();
    }
  });
});

/** Every order in which the killed deploys may have happened after all. */
function pathsOf({ live, killed, last }: Row): readonly (readonly Build[])[] {
  const paths = killed.reduce<readonly (readonly Build[])[]>(
    (found, build) => found.flatMap((path) => [path, [...path, build]]),
    [live],
  );
  return paths.map((path) => (path.at(-1) === last ? path : [...path, last]));
}

const keysOf = ({ live, killed, last }: Row): ReadonlySet<string> =>
  new Set([...live, ...killed, last].flatMap(({ files }) => Object.keys(files)));

/** Publishes what is live before, with objects of somebody else beside it, and lets visitors load all of it. */
async function publishAll(world: World, { live, atOnce }: Row) {
  let domain = '';
  for (const build of live) {
    const result = await world.deploy(build);
    domain = result.distribution?.domain ?? '';
    if (!atOnce) await world.time.advance(10_000);
    await visitAll(world, domain, Object.keys(build.files));
  }
  return { domain, versions: await putTheirs(world) };
}

const theirKeys = ['theirs.txt', 'assets/theirs.0123456789abcdef.js', 'zebra/index.html'];

async function putTheirs(world: World): Promise<ReadonlyMap<string, string>> {
  const client = s3Client(world);
  try {
    for (const Key of theirKeys) await client.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body: 'theirs' }));
    const bucket = await readBucket(client, world.bucket);
    return new Map(theirKeys.map((key) => [key, bucket.get(key)?.versionId ?? '']));
  } finally {
    client.destroy();
  }
}
