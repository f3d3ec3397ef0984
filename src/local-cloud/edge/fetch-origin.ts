import type { Buffer } from 'node:buffer';
import { type Agent, type IncomingMessage, request as sendRequest } from 'node:http';
import { request as sendSecurely } from 'node:https';
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

/** "If the origin doesn't respond within 30 seconds … CloudFront drops the connection"; a custom origin may have its own. */
const responseTimeoutMs = 30_000;
/** "CloudFront tries up to 3 times, as determined by the origin connection attempts setting" (3 by default). */
const connectionAttempts = 3;

/**
 * Sends a request to an origin and waits for the head of its answer. Never rejects. "For all other requests" than GET and
 * HEAD CloudFront does not try again once the request may have arrived.
 */
export async function fetchOrigin(options: {
  readonly clock: Clock;
  readonly agent: Agent | false;
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly timeoutMs?: number;
  readonly request: OriginRequest & { readonly body?: Buffer | undefined };
}): Promise<OriginResult> {
  let failure: OriginResult = unreachable;
  for (let attempt = 1; attempt <= (isRepeatable(options.request) ? connectionAttempts : 1); attempt++) {
    const result = await tryOnce(options);
    if (result.kind === 'response') return result;
    failure = result;
  }
  return failure;
}

const isRepeatable = ({ method }: OriginRequest): boolean => method === 'GET' || method === 'HEAD';

function tryOnce(options: Parameters<typeof fetchOrigin>[0]): Promise<OriginResult> {
  return new Promise((resolve) => {
    const { clock, agent, host, port, request } = options;
    const sent = (options.secure ? sendSecurely : sendRequest)({
      agent,
      host,
      port,
      method: request.method,
      path: request.target,
      headers: writeHeaderLines(request.headers),
    });
    const cancelTimeout = clock.after(options.timeoutMs ?? responseTimeoutMs, () => {
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
    sent.end(request.body);
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
