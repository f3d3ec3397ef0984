import { DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { type Bench, type Given, openBench } from '../support/open-bench.ts';
import { smallSite } from '../support/project.ts';
import { keysOf, purge } from '../support/read-bucket.ts';
import { s3Client } from '../support/s3-client.ts';

// What stands in for a manifest that is lost.

const noCdn = { settings: { cdn: false } } as const;
const manifestKey = '.cdnpub/channels/live/manifest';

const garble = ({ cloud, project: { bucket: Bucket } }: Bench, Key = manifestKey) =>
  s3Client(cloud).send(new PutObjectCommand({ Bucket, Key, Body: 'garbled' }));

const versioning = ({ cloud, project: { bucket: Bucket } }: Bench, Status: 'Enabled' | 'Suspended') =>
  s3Client(cloud).send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

/** A changed deploy says which release it took for the live one. */
async function liveBefore({ project, publish }: Bench, given: Given = noCdn): Promise<string | null> {
  project.build({ 'more.txt': 'more' });
  return (await publish(given)).previousRelease;
}

describe('a lost manifest', () => {
  test('is found in its newest noncurrent version, which is later than a release that was never finished', async () => {
    const bench = await openBench();
    const { publish, deploy, cloud, project, time } = bench;
    const { release } = await publish(noCdn);
    await time.advance(5_000);
    project.build({ 'style.css': 'second' });
    await cloud.setFaults([
      { match: { op: 'PutObject', key: manifestKey }, do: { status: 403, code: 'AccessDenied' } },
    ]);
    expect((await deploy(noCdn)).state).toBe('partial');
    await cloud.clearFaults();
    await garble(bench);
    expect(await liveBefore(bench)).toBe(release);
  });

  test('is found in its newest release, where the bucket stopped to keep versions', async () => {
    const bench = await openBench();
    await bench.publish(noCdn);
    await versioning(bench, 'Suspended');
    await bench.time.advance(5_000);
    bench.project.build({ 'style.css': 'second' });
    const { release } = await bench.publish(noCdn);
    await garble(bench);
    expect(await liveBefore(bench)).toBe(release);
  });

  test('is found in its newest release, where these credentials may not ask for versions', async () => {
    const bench = await openBench();
    const { release } = await bench.publish(noCdn);
    await garble(bench);
    await bench.cloud.setFaults([{ match: { op: 'ListObjectVersions' }, do: { status: 403, code: 'AccessDenied' } }]);
    expect(await liveBefore(bench)).toBe(release);
    expect(await bench.cloud.clearFaults()).not.toEqual([0]);
  });

  test('is found in the later one of two releases of one second, whatever their names', async () => {
    const bench = await openBench();
    let [before, release] = ['', ''];
    for (let n = 0; before <= release; n++) {
      bench.project.build({ 'style.css': `${n}` });
      before = release;
      release = (await bench.publish(noCdn)).release ?? '';
    }
    await purge(bench.project, manifestKey);
    expect(await liveBefore(bench)).toBe(release);
  });

  test('of another life of the bucket is not found', async () => {
    const bench = await openBench();
    const { publish, project, cloud } = bench;
    await publish(noCdn);
    const client = s3Client(cloud);
    for (const Key of await keysOf(project))
      await client.send(new DeleteObjectCommand({ Bucket: project.bucket, Key }));
    await cloud.setFaults([
      { match: { op: 'PutObject', key: manifestKey }, do: { status: 403, code: 'AccessDenied' } },
    ]);
    expect((await bench.deploy(noCdn)).state).toBe('partial');
    await cloud.clearFaults();
    expect(await liveBefore(bench)).toBeNull();
  });
});

describe('a hold whose manifest is lost', () => {
  test.each([true, false])('stands as it stood: %s', async (held) => {
    const bench = await openBench();
    const { publish, deploy, project } = bench;
    const { release } = await publish(noCdn);
    project.build({ 'style.css': 'second' });
    await publish(noCdn);
    await bench.rollback({ ...noCdn, release: release ?? undefined, hold: true });
    if (!held) await bench.resume(noCdn);
    await garble(bench);
    expect((await deploy(noCdn)).error?.code).toBe(held ? 'E_HELD' : undefined);
    expect((await bench.resume(noCdn)).changed).toBe(held);
    expect((await deploy(noCdn)).error).toBeUndefined();
  });
});

test('a hold is ended without a lock where the store honours no conditions, as it was begun', async () => {
  const bench = await openBench();
  const refused = { status: 501, code: 'NotImplemented' };
  await bench.cloud.setFaults([{ match: { op: 'PutObject', key: '.cdnpub/channels/live/lock.json' }, do: refused }]);
  const { release } = await bench.publish(noCdn);
  await bench.rollback({ ...noCdn, release: release ?? undefined, hold: true });
  expect((await bench.deploy(noCdn)).error?.code).toBe('E_HELD');
  expect(await bench.resume(noCdn)).toMatchObject({ changed: true });
  expect((await bench.deploy(noCdn)).error).toBeUndefined();
});

test('clearing up after a run that died, with nothing else to do, makes no new release', async () => {
  const bench = await openBench();
  const { cloud, project, publish, deploy } = bench;
  const first = await publish();
  project.build({ 'style.css': 'second' });
  await cloud.setFaults([{ match: { op: 'PutObject', key: 'style.css' }, do: { status: 403, code: 'AccessDenied' } }]);
  expect((await deploy()).state).toBe('partial');
  await cloud.clearFaults();
  project.build(smallSite);
  const { release, previousRelease } = first;
  const again = await publish();
  expect(again).toMatchObject({ state: 'live', release, previousRelease, bytes: { uploaded: 0 } });
  expect(again.invalidations.map(({ items }) => items)).toEqual([['/style.css']]);
  expect(await keysOf(project, '.cdnpub/channels/live/announcements/')).toEqual([]);
  expect(await keysOf(project, '.cdnpub/channels/live/releases/')).toHaveLength(1);
  expect(await deploy()).toMatchObject({ state: 'unchanged', release });
  project.build({ 'more.txt': 'more' });
  expect((await publish()).previousRelease).toBe(release);
});
