import type { Clock, ControllableClock } from '../clock.ts';
import type { WireResponse } from '../wire.ts';
import { queryPairs } from './canonical-request.ts';
import { answerClock } from './control-clock.ts';
import type { Faults } from './faults.ts';
import { inspectorPage } from './inspector-page.ts';
import { isBareHost } from './loopback-host.ts';
import { parseFaultRules } from './parse-fault-rules.ts';
import type { RequestHead } from './request-head.ts';
import type { RequestLog } from './request-log.ts';

export interface ControlOptions {
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly instance: string;
  /** The server's. */
  readonly clock: Clock;
  readonly controlClock?: ControllableClock | undefined;
  readonly inspect?: (() => unknown) | undefined;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

/** Whether a request is for the cloud itself and no service: `/_cdnpub/…` on the bare host is never a bucket's name. */
export function isControl(head: RequestHead): boolean {
  return isBareHost(head.host) && /^\/_cdnpub(?:\/|$)/.test(head.rawPath);
}

/** Answers the inspector page, the request log, the fault rules and the clock. Pages of other origins are refused. */
export async function answerControl(head: RequestHead, body: Buffer, options: ControlOptions): Promise<WireResponse> {
  if (isForeign(head)) return json(403, { error: 'Control requests must come from the same origin.' });
  const route = `${head.method} ${head.rawPath}`;
  if (route === 'GET /_cdnpub/' || route === 'GET /_cdnpub') {
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: inspectorPage };
  }
  if (route === 'GET /_cdnpub/instance') return json(200, { instance: options.instance });
  if (route === 'GET /_cdnpub/requests') return json(200, options.log.since(sinceOf(head.rawQuery)));
  if (route === 'GET /_cdnpub/edge' && options.inspect !== undefined) return json(200, options.inspect());
  if (head.rawPath === '/_cdnpub/clock' && options.controlClock !== undefined) {
    const { status, value } = await answerClock(head, body, { ...options, controlClock: options.controlClock });
    return json(status, value);
  }
  if (head.rawPath === '/_cdnpub/faults') return answerFaults(head.method, body, options.faults);
  return json(404, { error: `There is no ${route}.` });
}

function answerFaults(method: string, body: Buffer, faults: Faults): WireResponse {
  if (method === 'PUT') {
    try {
      faults.set(parseFaultRules(body.toString()));
    } catch (error) {
      if (error instanceof TypeError) return json(400, { error: error.message });
      throw error;
    }
  } else if (method === 'DELETE') faults.clear();
  else if (method !== 'GET') return json(405, { error: 'GET, PUT or DELETE.' });
  return json(200, faults.list());
}

function isForeign(head: RequestHead): boolean {
  const { origin } = head.headers;
  const site = head.headers['sec-fetch-site'];
  return (origin !== undefined && origin !== `http://${head.host}`) || site === 'cross-site' || site === 'same-site';
}

function sinceOf(rawQuery: string): number {
  const since = Number(new Map(queryPairs(rawQuery)).get('since') ?? 0);
  return Number.isFinite(since) ? since : 0;
}

function json(status: number, value: unknown): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}
