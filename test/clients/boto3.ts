import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { findClient } from './find-client.ts';

/** One check: Python whose last expression must come to what is expected. */
export type Boto3Row = readonly [name: string, code: string, expected: unknown];

export const boto3 = findClient('boto3', ['python3', '-c', 'import boto3; print("boto3", boto3.__version__)']);

/** Runs all rows in one Python, in their order; answers what each came to, by its name. */
export async function runBoto3(
  { endpoint, accessKeyId, secretAccessKey }: LocalCloud,
  rows: readonly Boto3Row[],
  names: Readonly<Record<string, string | null | undefined>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const job = { endpoint, accessKeyId, secretAccessKey, names, rows: rows.map(([name, code]) => [name, code]) };
  const script = fileURLToPath(new URL('./boto3-rows.py', import.meta.url));
  const child = spawn('python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(job));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`python3 ended with ${code}`);
  return JSON.parse(printed) as Record<string, unknown>;
}
