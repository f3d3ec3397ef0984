import { execFile } from 'node:child_process';
import type { TestCloud } from '../support/start-cloud.ts';
import { findClient } from './find-client.ts';

export const awsCli = findClient('AWS CLI', ['aws', '--version']);

export interface AwsCliEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `aws` against a cloud; `AWS_ENDPOINT_URL` alone leads it there, as it would a user's. */
export const runAwsCli = ({ env }: Pick<TestCloud, 'env'>, argv: readonly string[], cwd: string): Promise<AwsCliEnd> =>
  new Promise((resolve) => {
    const settings = { AWS_PAGER: '', AWS_DEFAULT_OUTPUT: 'json', AWS_DEFAULT_REGION: env.AWS_REGION ?? '' };
    const child = execFile('aws', argv, { cwd, env: { ...env, ...settings } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (child.exitCode ?? 1), stdout, stderr: stderr.trim() }),
    );
  });
