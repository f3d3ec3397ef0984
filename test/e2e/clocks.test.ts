import { gunzipSync } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/model/manifest.ts';
import { decodeManifest } from '../../src/plan/state/manifest-text.ts';
import { type Bench, openBench } from '../support/open-bench.ts';
import { keysOf } from '../support/read-bucket.ts';
import { s3Client } from '../support/s3-client.ts';

const yearMs = 365 * 86_400_000;
const app = 'assets/app-3f9a1c2b.js';

async function manifestOf({ cloud, project: { bucket: Bucket } }: Bench): Promise<Manifest | undefined> {
  const Key = '.cdnpub/channels/live/manifest';
  const { Body } = await s3Client(cloud).send(new GetObjectCommand({ Bucket, Key }));
  return decodeManifest(gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString('utf8'));
}

describe('what goes on record is by S3’s clock', () => {
  // Without: server-ms.ts: `clock.now()`.
  test.each([
    ['a year fast', yearMs],
    ['a year slow', -yearMs],
  ])('on a machine whose clock is %s', async (_, skewMs) => {
    const bench = await openBench();
    const { project, time, publish } = bench;
    await publish();
    await time.advance(3_600_000);
    project.unbuild('assets', 'about');
    const begun = Math.floor(time.now() / 1000);
    await publish({ clock: { ...time.clock(), now: () => time.now() + skewMs } });
    const ended = Math.ceil(time.now() / 1000);
    const manifest = await manifestOf(bench);
    const told = [
      manifest?.finishedAt,
      manifest?.history[0]?.finishedAt,
      manifest?.entries.get(app)?.retainedSince,
      manifest?.tombstones.find(({ key }) => key === 'about/index.html')?.deletedAt,
    ];
    for (const seconds of told) {
      expect(seconds).toBeGreaterThanOrEqual(begun - 1);
      expect(seconds).toBeLessThanOrEqual(ended);
    }
  });

  test('what is kept for open tabs does not go early on a machine whose clock is a year fast', async () => {
    const bench = await openBench();
    const { project, time, publish } = bench;
    const settings = { retention: { assetsSeconds: 30 * 86_400, releases: 1 } };
    await publish({ settings });
    project.unbuild('assets');
    await publish({ settings });
    await time.advance(5_000);
    project.build({ 'style.css': 'other' });
    await publish({ settings });
    const fast = { settings, clock: { ...time.clock(), now: () => time.now() + yearMs } };
    project.build({ 'more.txt': 'more' });
    await publish(fast);
    expect(await keysOf(project, 'assets/')).toEqual([app]);
    await time.advance(31 * 86_400_000);
    project.build({ 'more.txt': 'still more' });
    await publish({ settings });
    expect(await keysOf(project, 'assets/')).toEqual([]);
  });
});
