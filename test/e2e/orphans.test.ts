import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';
import { purge } from '../support/read-bucket.ts';
import { s3Client } from '../support/s3-client.ts';

// Without: plan-deploy.ts: `warnOrphans` not asked for.
test('a bucket that was deleted by hand: the distribution that it left is named before another is made', async () => {
  const { project, cloud, publish, deploy } = await openBench();
  const first = await publish();
  await purge(project, '');
  await s3Client(cloud).send(new DeleteBucketCommand({ Bucket: project.bucket }));
  const orphan = expect.stringContaining(
    `distribution ${first.distribution?.id} (${first.domain}) was made for this bucket`,
  );
  expect(await deploy({ dryRun: true })).toMatchObject({ confirm: true, warnings: [orphan] });
  const second = await publish();
  expect(second.warnings).toEqual([orphan]);
  expect(second.domain).not.toBe(first.domain);
  project.build({ 'more.txt': 'more' });
  expect((await publish()).warnings).toEqual([]);
});
