import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyStep } from '../aws/apply-step.ts';
import { deploySteps } from '../aws/deploy-steps.ts';
import { runCdnpub } from '../support/run-cdnpub.ts';
import { plainEnv } from '../support/start-cloud.ts';
import { writeTree } from '../support/write-tree.ts';
import { describeClient } from './find-client.ts';
import { type Moto, moto, startMoto } from './start-moto.ts';

/** cdnpub against an S3 that others wrote: the table of test/aws, to a bucket alone. */
describeClient('moto_server', { client: moto, checks: deploySteps.length }, () => {
  let server: Moto;
  let folder: string;

  beforeAll(async () => {
    server = await startMoto();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-moto-')));
    writeTree(folder, { '.git/HEAD': '' });
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.close();
  });

  test.each(deploySteps)('$name', async (step) => {
    const env = {
      ...plainEnv(folder),
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_REGION: 'eu-west-1',
    };
    const run = (args: readonly string[], cwd: string) => runCdnpub(args, { cwd, env });
    const result = await applyStep(step, { folder, flags: ['--no-cdn', '--site', 'moto'], run });
    expect(result).toMatchObject({ ...step.expected, distribution: null, url: null, invalidations: [] });
  });
});
