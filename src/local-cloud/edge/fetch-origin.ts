import { Buffer } from 'node:buffer';
import { type Agent, type IncomingMessage, request as sendRequest } from 'node:http';
import type { Clock } from '../clock.ts';
import type { OriginRequest } from './build-origin-request.ts';
import { type HeaderLines, readHeaderLines, writeHeaderLines } from './header-lines.ts';

export type OriginResult =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: HeaderLines;
      readonly body: IncomingMessage;
    }
  | { readonly kind: 'failed'; readonly status: 502 | 504; readonly message: string };

/** "If the origin doesn't respond within 30 seconds … CloudFront drops the connection"; not to be changed for S3. */
const responseTimeoutMs = 30_000;
/** "CloudFront tries up to 3 times, as determined by the origin connection attempts setting" (3 by default). */
const connectionAttempts = 3;

/** Sends a request to the S3 port and waits for the head of its answer. Never rejects. */
export async function fetchOrigin(options: {
  readonly clock: Clock;
  readonly agent: Agent;
  readonly host: string;
  readonly port: number;
  readonly request: OriginRequest;
}): Promise<OriginResult> {
  let failure: OriginResult = unreachable;
  for (let attempt = 1; attempt <= connectionAttempts; attempt++) {
    const result = await tryOnce(options);
    if (result.kind === 'response') return result;
    failure = result;
  }
  return failure;
}

/** The whole body; undefined where the connection broke before its end. */
export async function readBody(body: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return body.complete ? Buffer.concat(chunks) : undefined;
}

function tryOnce({ clock, agent, host, port, request }: Parameters<typeof fetchOrigin>[0]): Promise<OriginResult> {
  return new Promise((resolve) => {
    const sent = sendRequest({
      agent,
      host,
      port,
      method: request.method,
      path: request.target,
      headers: writeHeaderLines(request.headers),
    });
    const cancelTimeout = clock.after(responseTimeoutMs, () => {
      resolve(silent);
      sent.destroy();
    });
    sent.once('response', (body) => {
      cancelTimeout();
      resolve({ kind: 'response', status: body.statusCode ?? 502, headers: readHeaderLines(body.rawHeaders), body });
    });
    sent.once('error', () => {
      cancelTimeout();
      resolve(unreachable);
    });
    sent.end();
  });
}

const unreachable: OriginResult = {
  kind: 'failed',
  status: 502,
  message: "CloudFront wasn't able to connect to the origin.",
};

const silent: OriginResult = {
  kind: 'failed',
  status: 504,
  message: 'CloudFront attempted to establish a connection with the origin, but the origin did not answer in time.',
};
