import { Readable } from 'node:stream';
import { requestTimeoutMs } from '../../model/lock.ts';
import type { Clock } from '../../model/ports.ts';

interface Handler {
  handle(request: Message, options?: object): Promise<{ readonly response: Message }>;
}

interface Message {
  readonly body?: unknown;
}

/**
 * Gives every request of a client a time to be done in, from its first byte to the last one of its answer: 30 s, which
 * the lock counts on. What is not done by then is cut, and fails with `TimeoutError`. The SDK's own timeouts end with
 * the head of the answer, and an option of each call would keep it from caching its middleware.
 */
export function timeRequests(client: { readonly config: { requestHandler: object } }, clock: Clock): void {
  const inner = client.config.requestHandler as Handler;
  client.config.requestHandler = Object.assign(Object.create(inner), {
    handle: (request: Message, options?: object) => handleInTime(clock, inner, request, options),
  });
}

async function handleInTime(
  clock: Clock,
  inner: Handler,
  request: Message,
  options: object | undefined,
): Promise<{ readonly response: Message }> {
  const controller = new AbortController();
  const { signal: abortSignal } = controller;
  const timer = clock.every(requestTimeoutMs, async () => controller.abort(timedOut()));
  // A body that fails while it is read would leave the request open for ever.
  if (request.body instanceof Readable) request.body.once('error', (error) => controller.abort(error));
  try {
    const handled = await inner.handle(request, { ...options, abortSignal });
    timeBody(handled.response.body, abortSignal, () => timer.stop());
    return handled;
  } catch (error) {
    void timer.stop();
    if (request.body instanceof Readable) request.body.destroy();
    throw abortSignal.aborted ? abortSignal.reason : error;
  }
}

/** The answer's body is read by others, in time too. */
function timeBody(body: unknown, signal: AbortSignal, stop: () => void): void {
  if (!(body instanceof Readable)) {
    stop();
    return;
  }
  const cut = () => body.destroy(signal.reason);
  signal.addEventListener('abort', cut, { once: true });
  // An answer whose body nobody reads is cut as well, and then nobody listens.
  body.on('error', () => {});
  body.once('close', () => {
    signal.removeEventListener('abort', cut);
    stop();
  });
}

const timedOut = (): Error =>
  Object.assign(new Error(`no complete answer within ${requestTimeoutMs / 1000} s`), { name: 'TimeoutError' });
