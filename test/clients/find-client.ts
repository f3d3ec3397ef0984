import { spawnSync } from 'node:child_process';
import { describe, test } from 'vitest';

/** A program that has nothing to do with this one and speaks AWS, where this machine has it. */
export interface Client {
  readonly name: string;
  /** What it says of its version. */
  readonly version: string;
}

/** Answers the client, or why it cannot take part. */
export function findClient(name: string, command: readonly [string, ...string[]]): Client | string {
  const [program, ...argv] = command;
  const { error, status, stdout, stderr } = spawnSync(program, argv, { encoding: 'utf8' });
  if (error !== undefined) return `${program} cannot be started (${'code' in error ? error.code : error.message})`;
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? `${program} ended with ${status}`;
  return { name, version: (stdout + stderr).trim().split('\n')[0] ?? '' };
}

/** Runs checks with a client, or says in one plain line that they were not run, and why. */
export function describeClient(
  name: string,
  options: { readonly client: Client | string; readonly checks: number },
  body: () => void,
): void {
  const { client, checks } = options;
  if (typeof client !== 'string') return void describe(`${name}, ${client.version}`, body);
  const line = `${name} is not installed: ${checks} checks were not run`;
  process.stdout.write(`${line} (${client})\n`);
  test(line, () => {});
}
