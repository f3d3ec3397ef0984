import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import { sleep } from '../sleep.ts';
import type { WireResponse } from '../wire.ts';

export interface WriteOptions {
  readonly method: string;
  /** Of the server: for `Date`, and for what is sent slowly. */
  readonly clock: Clock;
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
    date: new Date(options.clock.now()).toUTCString(),
  });
  if (bodiless) response.end();
  else if (options.bytesPerSecond === undefined) response.end(body);
  else await writeSlowly(response, body, { ...options, bytesPerSecond: options.bytesPerSecond });
}

export function bodyOf(answer: WireResponse): Buffer {
  return typeof answer.body === 'string' ? Buffer.from(answer.body) : (answer.body ?? Buffer.alloc(0));
}

async function writeSlowly(
  response: ServerResponse,
  body: Buffer,
  { clock, bytesPerSecond }: { readonly clock: Clock; readonly bytesPerSecond: number },
): Promise<void> {
  const stepMs = 50;
  const step = Math.max(1, Math.ceil((bytesPerSecond * stepMs) / 1000));
  for (let at = 0; at < body.length && !response.destroyed; at += step) {
    response.write(body.subarray(at, at + step));
    await sleep(clock, stepMs);
  }
  response.end();
}
