import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WireResponse } from '../wire.ts';

export interface WriteOptions {
  readonly method: string;
  /** Server time in milliseconds, for `Date`. */
  readonly now: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytesPerSecond?: number | undefined;
}

/** Sends an answer; a HEAD keeps the length it states and sends no body. */
export async function writeAnswer(
  response: ServerResponse,
  answer: WireResponse,
  options: WriteOptions,
): Promise<void> {
  const body = bodyOf(answer);
  const bodiless = options.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  const length = bodiless ? {} : { 'content-length': String(body.length) };
  response.sendDate = false;
  response.writeHead(answer.status, {
    ...options.headers,
    ...answer.headers,
    ...length,
    date: new Date(options.now).toUTCString(),
  });
  if (bodiless) response.end();
  else if (options.bytesPerSecond === undefined) response.end(body);
  else await writeSlowly(response, body, options.bytesPerSecond);
}

export function bodyOf(answer: WireResponse): Buffer {
  return typeof answer.body === 'string' ? Buffer.from(answer.body) : (answer.body ?? Buffer.alloc(0));
}

async function writeSlowly(response: ServerResponse, body: Buffer, bytesPerSecond: number): Promise<void> {
  const stepMs = 50;
  const step = Math.max(1, Math.ceil((bytesPerSecond * stepMs) / 1000));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step));
    await sleep(stepMs, undefined, { ref: false });
  }
  response.end();
}
