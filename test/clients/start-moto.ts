import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findClient } from './find-client.ts';

const program = findClient('moto_server', ['moto_server', '--help']);

export const moto =
  typeof program === 'string'
    ? program
    : findClient('moto', ['python3', '-c', 'import moto; print("moto", moto.__version__)']);

export interface Moto {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts a moto server of its own on a free port of 127.0.0.1. Throws where it does not answer. */
export async function startMoto(): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  for (let attempt = 0; child.exitCode === null && attempt < 300; attempt += 1) {
    const answer = await fetch(`${endpoint}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok === true) return { endpoint, close };
    await sleep(100);
  }
  await close();
  throw new Error(`moto_server does not answer on ${endpoint}`);
}

/** A port that nobody listens on: moto cannot be asked to choose one and tell. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
