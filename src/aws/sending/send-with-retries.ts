import { CdnpubError } from '../../model/cdnpub-error.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { backoff, firstContact, type Patience, patienceFor } from './backoff.ts';
import type { Lane } from './create-limiter.ts';
import { judgeError, mayBeApplied, type Verdict } from './judge-error.ts';
import type { Leaving } from './place.ts';
import type { Sending } from './sending.ts';

/** What one attempt knows of those before it. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** An earlier attempt ended without an answer: what was asked for may be done already. */
  readonly replyLost: boolean;
}

export interface Call<T> {
  /** One request, made anew for each attempt. It must not call AWS through another `sendWithRetries`: it holds a place. */
  readonly attempt: (attempt: Attempt) => Promise<T>;
  /** Its place in the limiter; undefined for what is not limited. `bytes`: the body's. */
  readonly limit: { readonly lane: Lane; readonly bytes: number } | undefined;
  /** Reads the credentials again. */
  readonly renewCredentials: () => Promise<void>;
}

/** How often a call was tried, and for how long. */
export interface Tries {
  readonly attempts: number;
  readonly elapsedMs: number;
}

/** What a call came to: its answer, or the error of its last attempt. */
export type Sent<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'failed'; readonly error: unknown; readonly tries: Tries };

/**
 * Sends a request until it is answered, its error is final, or patience ends. Our own errors (a lost lock, an
 * interrupt, a file that changed) are never retried.
 */
export async function sendWithRetries<T>(sending: Sending, call: Call<T>): Promise<Sent<T>> {
  const { clock } = sending;
  const counts = new Map<Patience, number>();
  let replyLost = false;
  let startedMs: number | undefined;
  for (let number = 1; ; number++) {
    const sent = await sendOnce(sending, call, { number, replyLost }, () => {
      startedMs ??= clock.monotonic();
    });
    if (sent.kind === 'answered') return sent;
    const { error } = sent;
    const elapsedMs = clock.monotonic() - (startedMs ?? clock.monotonic());
    const delay = nextDelay(sending, counts, { error, elapsedMs });
    if (delay === undefined) return { kind: 'failed', error, tries: { attempts: number, elapsedMs } };
    replyLost ||= mayBeApplied(error);
    if (judgeError(error) === 'expired') await call.renewCredentials();
    await rest(sending, delay);
  }
}

async function sendOnce<T>(
  sending: Sending,
  { attempt, limit }: Call<T>,
  given: Attempt,
  onStart: () => void,
): Promise<{ readonly kind: 'answered'; readonly answer: T } | { readonly kind: 'failed'; readonly error: unknown }> {
  const lane = given.number > 1 ? 'first' : limit?.lane;
  const place = limit && (await sending.limiter.enter({ lane: lane ?? 'usual', bytes: limit.bytes }));
  onStart();
  try {
    const answer = await attempt(given);
    sending.heard = true;
    place?.leave('answered');
    return { kind: 'answered', answer };
  } catch (error) {
    if (awsErrorName(error).status > 0) sending.heard = true;
    place?.leave(leavingOf(error));
    return { kind: 'failed', error };
  }
}

function leavingOf(error: unknown): Leaving {
  const { name, code } = awsErrorName(error);
  // With a code it is the network's: the SDK calls a reset a TimeoutError too.
  if (name === 'TimeoutError' && code === '') return 'slow';
  return judgeError(error) === 'throttle' ? 'throttled' : 'failed';
}

/** Each kind of error has attempts of its own: a reset among many throttled replies does not end a call. */
function nextDelay(
  { heard, random }: Sending,
  counts: Map<Patience, number>,
  { error, elapsedMs }: { readonly error: unknown; readonly elapsedMs: number },
): number | undefined {
  if (error instanceof CdnpubError) return undefined;
  const patience = patienceOf(judgeError(error), heard);
  const attempt = (counts.get(patience) ?? 0) + 1;
  counts.set(patience, attempt);
  return backoff(patience, { attempt, elapsedMs, random });
}

const patienceOf = (verdict: Verdict, heard: boolean): Patience =>
  verdict === 'transient' && !heard ? firstContact : patienceFor[verdict];

/** An interrupted run must end within seconds, so the gate is asked while waiting too. */
const sliceMs = 1_000;

async function rest({ clock, gate }: Sending, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= sliceMs) {
    await clock.sleep(Math.min(left, sliceMs));
    gate.guard?.();
  }
}
