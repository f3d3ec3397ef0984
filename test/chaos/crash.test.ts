import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, test } from 'vitest';
import { s3Client } from '../support/s3-client.ts';
import { checkRecovered } from './check-recovered.ts';
import { type CrashPoint, crash } from './crash.ts';
import { goOn } from './go-on.ts';
import { type Move, makeMove, moveOptions, type Releases } from './move.ts';
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
  /** What has happened before. */
  readonly live: readonly Move[];
  /** What is killed. */
  readonly killed: readonly Move[];
  /** What is done in the end. */
  readonly last: Move;
  readonly slice: number;
  /** Nothing but requests passes between what came before and the first that is killed: S3 tells whole seconds only. */
  readonly atOnce?: true;
}

const deploys = (build: Build): Move => ({ kind: 'deploy', build });
const [puts1, puts2, puts3, edits] = [deploys(one), deploys(two), deploys(three), deploys(edited)];
const hurries: Move = { kind: 'deploy without waiting', build: two };
const goesBack: Move = { kind: 'rollback', build: one };
const holds: Move = { kind: 'rollback that holds', build: one };

const rows: readonly Row[] = [
  { name: 'a first deploy', live: [], killed: [puts1], last: puts1, slice: 1 },
  { name: 'a first deploy, and another build is next', live: [], killed: [puts1], last: puts2, slice: 1 },
  { name: 'a redeploy', live: [puts1], killed: [puts2], last: puts2, slice: 2 },
  { name: 'a redeploy, and another build is next', live: [puts1], killed: [puts2], last: puts3, slice: 1 },
  { name: 'a redeploy, and the build is reverted', live: [puts1], killed: [puts2], last: puts1, slice: 1 },
  { name: 'a redeploy, twice', live: [puts1], killed: [puts2, puts2], last: puts2, slice: 1 },
  { name: 'a redeploy in the same second', live: [puts1], killed: [puts2], last: puts2, slice: 1, atOnce: true },
  {
    name: 'a redeploy and its reversal, then the same keys',
    live: [puts1],
    killed: [puts2, puts1],
    last: edits,
    slice: 1,
  },
  { name: 'a redeploy, twice, of other builds', live: [puts1], killed: [puts2, puts3], last: puts1, slice: 1 },
  { name: 'a rollback, and it is run again', live: [puts1, puts2], killed: [goesBack], last: goesBack, slice: 1 },
  { name: 'a rollback, and the newer build is next', live: [puts1, puts2], killed: [goesBack], last: puts2, slice: 1 },
  { name: 'a rollback that holds, and it is run again', live: [puts1, puts2], killed: [holds], last: holds, slice: 1 },
  { name: 'a rollback that holds, and a build is next', live: [puts1, puts2], killed: [holds], last: puts2, slice: 1 },
  { name: 'a rollback, twice', live: [puts1, puts2], killed: [goesBack, goesBack], last: goesBack, slice: 1 },
  { name: 'a redeploy with a late part open', live: [puts1, hurries], killed: [puts3], last: puts3, slice: 1 },
  {
    ...{ name: 'a redeploy with a late part open in the same second', live: [puts1, hurries], killed: [puts3] },
    ...{ last: puts2, slice: 1, atOnce: true },
  },
  { name: 'a late part, and the build is reverted', live: [puts1, hurries], killed: [puts2], last: puts1, slice: 1 },
  { name: 'a rollback with a late part open', live: [puts1, hurries], killed: [goesBack], last: goesBack, slice: 1 },
];

tellCounts('crash', ['crash points', 'ended first', 'answers', 'stale', 'lost', 'mixed']);

describe.each(rows)('killed: $name', async (row) => {
  const references = await Promise.all(pathsOf(row).map(undisturbed));
  const { requests } = await undisturbed([...row.live, ...row.killed.slice(0, 1)]);
  const states = references.map(({ state }) => state);
  const points = Array.from({ length: requests }, (_, at): CrashPoint[] => [
    { index: at + 1, kill: 'before' },
    { index: at + 1, kill: 'after' },
  ]).flat();

  test.each(slice(points, row.slice, phaseOf(row)))('killed $kill request $index', async (point) => {
    const world = await openWorld({ seed: point.index });
    const releases: Releases = new Map();
    try {
      const theirs = row.live.length > 0 ? await makeAll(world, row, releases) : undefined;
      for (const [again, move] of row.killed.entries()) {
        // The second of two dies somewhere else.
        const { index } = again === 0 ? point : { index: ((point.index * 7) % requests) + 1 };
        const end = await crash(world, move.build, { ...point, index }, moveOptions(world, move, releases));
        count(end.result === undefined ? 'crash points' : 'ended first');
        if (theirs !== undefined) await visitAll(world, theirs.domain, keysOf(row));
        await world.time.advance(leaseMs);
      }
      const result = await goOn(world, row.last, releases);
      const theirVersions = theirs === undefined ? {} : { theirs: theirs.versions };
      const again = () => makeMove(world, row.last, releases);
      await checkRecovered(world, result, { again, states, keys: keysOf(row), ...theirVersions });
    } finally {
      await world.close();
    }
  });
});

/** Rows of one point each die at different ones. */
const phaseOf = (row: Row): number => (rows.indexOf(row) * 0.382) % 1;

/** Every order in which the killed may have happened after all. */
function pathsOf({ live, killed, last }: Row): readonly (readonly Move[])[] {
  const paths = killed.reduce<readonly (readonly Move[])[]>(
    (found, move) => found.flatMap((path) => [path, [...path, move]]),
    [live],
  );
  return paths.map((path) => (path.at(-1) === last ? path : [...path, last]));
}

const keysOf = ({ live, killed, last }: Row): ReadonlySet<string> =>
  new Set([...live, ...killed, last].flatMap(({ build }) => Object.keys(build.files)));

/** Makes what comes before, with objects of somebody else beside it, and lets visitors load all of it. */
async function makeAll(world: World, { live, atOnce }: Row, releases: Releases) {
  let domain = '';
  for (const move of live) {
    const result = await makeMove(world, move, releases);
    domain = result.distribution?.domain ?? '';
    if (!atOnce) await world.time.advance(10_000);
    await visitAll(world, domain, Object.keys(move.build.files));
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
