import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const binary = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export interface CliStart {
  readonly cwd?: string;
  /** The whole environment of the child; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface CliEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON value that `--json` promises; throws where it is anything else. */
  json<T = Record<string, unknown>>(): T;
}

/** A running child: what it printed so far, and its end. */
export interface RunningCli {
  readonly child: ChildProcess;
  readonly end: Promise<CliEnd>;
  /** Lines of standard output so far that are complete. */
  lines(): readonly string[];
  stderr(): string;
}

/** Runs the real binary to its end, with no terminal and nothing on standard input. */
export const runCdnpub = (args: readonly string[], start: CliStart): Promise<CliEnd> => startCdnpub(args, start).end;

/** Starts the real binary; whoever starts it sees to its end. */
export function startCdnpub(args: readonly string[], { cwd, env }: CliStart): RunningCli {
  const child = spawn(process.execPath, [binary, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: Object.fromEntries(Object.entries(env ?? {}).filter(([, value]) => value !== undefined)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const end = new Promise<CliEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr, json: () => parse(stdout, stderr) }));
  });
  return { child, end, lines: () => stdout.split('\n').slice(0, -1), stderr: () => stderr };
}

function parse<T>(stdout: string, stderr: string): T {
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (lines.length !== 1) throw new Error(`expected one line of JSON, got ${JSON.stringify(stdout)}\n${stderr}`);
  return JSON.parse(lines[0] ?? '') as T;
}
