import type { Clock, ControllableClock } from '../clock.ts';
import { queryPairs } from './canonical-request.ts';
import type { RequestHead } from './request-head.ts';

export interface ClockControl {
  /** The server's, perhaps apart from the one that is controlled. */
  readonly clock: Clock;
  readonly controlClock: ControllableClock;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
}

/**
 * `GET` tells the time, with `?until=MS` as soon as it has come; `PUT {"advanceMs":n}` moves it and tells it when all
 * that became due has run. `now` is what clients go by, `server` what the services stamp; milliseconds since the epoch.
 */
export async function answerClock(
  head: RequestHead,
  body: Buffer,
  control: ClockControl,
): Promise<{ readonly status: number; readonly value: object }> {
  const { clock, controlClock } = control;
  if (head.method === 'PUT') {
    const ms = readAdvance(body.toString());
    if (ms === undefined) return { status: 400, value: { error: 'The body must be {"advanceMs":N}, N from 0.' } };
    await controlClock.advance(ms);
  } else if (head.method === 'GET') {
    const until = Number(new Map(queryPairs(head.rawQuery)).get('until') ?? 0);
    if (!Number.isFinite(until)) return { status: 400, value: { error: 'until must be a number of milliseconds.' } };
    await untilTime(control, until);
  } else return { status: 405, value: { error: 'GET or PUT.' } };
  return { status: 200, value: { now: controlClock.now(), server: clock.now() } };
}

function untilTime({ controlClock, gone }: ClockControl, until: number): Promise<void> {
  const ms = until - controlClock.now();
  if (ms <= 0 || gone.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = controlClock.after(ms, resolve);
    gone.addEventListener('abort', () => {
      cancel();
      resolve();
    });
  });
}

function readAdvance(text: string): number | undefined {
  try {
    const { advanceMs } = JSON.parse(text) as { advanceMs?: unknown };
    return typeof advanceMs === 'number' && Number.isFinite(advanceMs) && advanceMs >= 0 ? advanceMs : undefined;
  } catch {
    return undefined;
  }
}
