import { randomBytes } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { writeTree } from '../support/write-tree.ts';
import { applyStep } from './apply-step.ts';
import { deploySteps } from './deploy-steps.ts';
import { onAws, openPlace, type Place } from './open-place.ts';
import { distributionsBefore, tearDown } from './tear-down.ts';

/**
 * A site's life on AWS. By itself it runs on the local cloud; with CDNPUB_TEST_AWS=1, and AWS_PROFILE and AWS_REGION or
 * the like, on that account: it makes a bucket and a distribution of a name of its own, takes about a quarter of an
 * hour, and takes away what it made.
 */
const site = `cdnpub-test-${randomBytes(4).toString('hex')}`;

let place: Place;
let folder: string;
let last: DeployResult;
let bucket = '';

/** Making and removing a distribution takes minutes each. */
const patienceMs = onAws ? 40 * 60_000 : 60_000;

beforeAll(async () => {
  place = await openPlace();
  process.stdout.write(`the deploys of test/aws run on ${place.name}, site ${site}\n`);
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-aws-')));
  writeTree(folder, { '.git/HEAD': '' });
});

afterAll(async () => {
  // Also where a step failed: a tester's account keeps nothing of it.
  if (bucket !== '') await tearDown(ground());
  rmSync(folder, { recursive: true });
  await place.close();
}, patienceMs);

const ground = () => ({ s3: place.s3, cloudFront: place.cloudFront, bucket });

describe(onAws ? 'on AWS' : 'on the local cloud', () => {
  test.each(deploySteps)(
    '$name',
    async (step) => {
      last = await applyStep(step, { folder, flags: ['--site', site], run: place.run });
      bucket = last.bucket ?? bucket;
      expect(last).toMatchObject({ ...step.expected, site });
      expect(last).toMatchObject(step.withDistribution);
      const domain = last.distribution?.domain ?? '';
      for (const { path, ...expected } of step.visits) {
        expect({ path, ...(await place.visit(domain, path)) }).toMatchObject({ path, ...expected });
      }
    },
    patienceMs,
  );

  test('status tells the release, and no drift', async () => {
    const status = (await place.run(['status', '--site', site, '--json'], folder)).json();
    const { release, url } = last;
    expect(status).toMatchObject({
      ok: true,
      release,
      bucket,
      url,
      drift: false,
      missing: [],
      drifted: [],
      unfinished: [],
    });
  });

  test(
    'what was made can be taken away',
    async () => {
      expect(await distributionsBefore(ground())).toEqual([last.distribution?.id]);
      await tearDown(ground());
      expect(await distributionsBefore(ground())).toEqual([]);
      const head = place.s3.send(new HeadBucketCommand({ Bucket: bucket }));
      await expect(head).rejects.toMatchObject({ name: 'NotFound' });
    },
    patienceMs,
  );
});
