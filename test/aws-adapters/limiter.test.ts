import { expect, test } from 'vitest';
import { backoff, patienceFor } from '../../src/aws/sending/backoff.ts';
import { createLimiter, type Limiter } from '../../src/aws/sending/create-limiter.ts';
import type { Leaving } from '../../src/aws/sending/place.ts';
import { createTestClock, type TestClock } from '../support/test-clock.ts';
import { makePut } from './make-put.ts';
import { openAdapters } from './open-adapters.ts';

const usual = { lane: 'usual', bytes: 0 } as const;

function open(ceiling: number) {
  const clock = createTestClock();
  return { clock, limiter: createLimiter({ clock, ceiling, random: () => 0.999 }) };
}

/** How many are let in before one has left. */
async function letIn(limiter: Limiter, asked: number, request: Parameters<Limiter['enter']>[0] = usual) {
  const places: Awaited<ReturnType<Limiter['enter']>>[] = [];
  for (let at = 0; at < asked; at++) void limiter.enter(request).then((place) => places.push(place));
  await new Promise((resolve) => setImmediate(resolve));
  return places;
}

const leaveAll = (places: readonly { leave(how: Leaving): void }[], how: Leaving) => {
  for (const place of places) place.leave(how);
};

test('as many as allowed are in flight at first', async () => {
  const { limiter } = open(128);
  expect(await letIn(limiter, 200)).toHaveLength(128);
});

test('a run of throttled replies halves them and pauses all', async () => {
  const { limiter, clock } = open(64);
  leaveAll(await letIn(limiter, 64), 'throttled');
  const next = await letIn(limiter, 64);
  expect(next).toHaveLength(0);
  await clock.advance(100);
  expect(next).toHaveLength(32);
});

test('replies to what was sent before the last slowing down are no news', async () => {
  const { limiter, clock } = open(64);
  const before = await letIn(limiter, 64);
  leaveAll(before.slice(0, 10), 'throttled');
  await clock.advance(100);
  leaveAll(before.slice(10), 'throttled');
  expect(await letIn(limiter, 64)).toHaveLength(32);
});

test('pauses grow while nothing is answered, up to five seconds', async () => {
  const { limiter, clock } = open(8);
  const pauses: number[] = [];
  while (pauses.length < 8) {
    while (clock.nextAt() === undefined) leaveAll(await letIn(limiter, 4), 'throttled');
    const pause = (clock.nextAt() ?? 0) - clock.now();
    pauses.push(Math.round(pause));
    await clock.advance(pause);
  }
  expect(pauses).toEqual([100, 200, 400, 800, 1_599, 3_198, 4_998, 4_998]);
});

test('one more is let in for every ten that are answered', async () => {
  const { limiter, clock } = open(64);
  leaveAll(await letIn(limiter, 64), 'throttled');
  await clock.advance(100);
  for (let step = 0; step < 5; step++) leaveAll(await letIn(limiter, 20), 'answered');
  expect(await letIn(limiter, 64)).toHaveLength(42);
});

test('a throttled reply now and then slows nobody down', async () => {
  const { limiter, clock } = open(64);
  for (let round = 0; round < 30; round++) {
    const places = await letIn(limiter, 33);
    expect(places).toHaveLength(33);
    leaveAll(places.slice(0, 32), 'answered');
    leaveAll(places.slice(32), 'throttled');
  }
  expect(clock.nextAt()).toBeUndefined();
});

test('who stands first is let in first', async () => {
  const { limiter } = open(1);
  const [only] = await letIn(limiter, 1);
  const order: string[] = [];
  for (const lane of ['usual', 'first'] as const)
    void limiter.enter({ lane, bytes: 0 }).then((place) => {
      order.push(lane);
      place.leave('answered');
    });
  only?.leave('answered');
  await new Promise((resolve) => setImmediate(resolve));
  expect(order).toEqual(['first', 'usual']);
});

const mebibyte = 1_048_576;

test('bodies on their way are held to what the line carries in ten seconds', async () => {
  const { limiter, clock } = open(64);
  const large = { lane: 'usual', bytes: 4 * mebibyte } as const;
  const first = await letIn(limiter, 4, large);
  expect(first).toHaveLength(4);
  const waiting = await letIn(limiter, 20, large);
  expect(waiting).toHaveLength(0);
  // 4 MiB in each second.
  for (const place of first) {
    await clock.advance(1_000);
    place.leave('answered');
  }
  expect(limiter.bytesPerSecond()).toBe(4 * mebibyte);
  await new Promise((resolve) => setImmediate(resolve));
  expect(waiting).toHaveLength(10);
});

test('a body larger than the line carries in time goes alone', async () => {
  const { limiter } = open(64);
  const [alone] = await letIn(limiter, 1, { lane: 'usual', bytes: 100 * mebibyte });
  expect(alone).toBeDefined();
  const large = await letIn(limiter, 1, { lane: 'first', bytes: mebibyte });
  expect(large).toHaveLength(0);
  // The lock's heartbeat does not wait for a line.
  expect(await letIn(limiter, 1, { lane: 'first', bytes: 300 })).toHaveLength(1);
  alone?.leave('answered');
  await new Promise((resolve) => setImmediate(resolve));
  expect(large).toHaveLength(1);
});

test('a line that is slower than it was is measured again', async () => {
  const { limiter, clock } = open(64);
  const large = { lane: 'usual', bytes: 8 * mebibyte } as const;
  // All of these are on their way at once: 80 MiB a second, then 2.
  for (const [round, ms] of [100, ...Array<number>(20).fill(4_000)].entries()) {
    for (const place of await letIn(limiter, round === 0 ? 2 : 60, large)) {
      await clock.advance(ms);
      place.leave('answered');
    }
  }
  expect(limiter.bytesPerSecond()).toBeLessThan(2.1 * mebibyte);
  expect(limiter.bytesPerSecond()).toBeGreaterThan(1.9 * mebibyte);
});

test.each([150, 50])(
  'a cap of %s requests a second ends near the ideal time, with few requests in vain',
  async (cap) => {
    const files = 3 * cap;
    const { store, play, setFaults, asked, seconds } = await openAdapters({ concurrency: 128 });
    await setFaults([{ match: { op: 'PutObject' }, do: { perSecond: cap } }]);
    const keys = Array.from({ length: files }, (_, at) => `${at}.html`);
    const results = await play(Promise.all(keys.map((key) => store.put(makePut(key, key)))));
    expect(results.every(({ kind }) => kind === 'written')).toBe(true);
    // Whole seconds: the last third goes up at the start of the third one.
    expect(seconds()).toBeLessThan(files / cap + 0.5);
    // Halving from 128 in flight to a few costs about twice as many requests, and the end of a second some more.
    expect((await asked()).length).toBeLessThan(files + 3 * 128);
  },
);

/** A service that takes `cap` requests a second, saves up what it did not use for one second, and answers after 30 ms. */
function cappedService(clock: TestClock, cap: number) {
  const answerMs = 30;
  let tokens = cap;
  let atMs = 0;
  let requests = 0;
  return {
    requests: () => requests,
    async answer(): Promise<Leaving> {
      requests += 1;
      tokens = Math.min(cap, tokens + ((clock.monotonic() - atMs) / 1000) * cap);
      atMs = clock.monotonic();
      const isTaken = tokens >= 1;
      if (isTaken) tokens -= 1;
      await clock.sleep(answerMs);
      return isTaken ? 'answered' : 'throttled';
    },
  };
}

test.each([64, 128, 256])('with %s in flight at first, 1,000 requests under a cap of 150 a second', async (ceiling) => {
  const { clock, limiter } = open(ceiling);
  const service = cappedService(clock, 150);
  const sendUntilTaken = async () => {
    for (let attempt = 1; ; attempt++) {
      const place = await limiter.enter({ lane: attempt === 1 ? 'usual' : 'first', bytes: 0 });
      const how = await service.answer();
      place.leave(how);
      if (how === 'answered') return;
      await clock.sleep(backoff(patienceFor.throttle, { attempt, elapsedMs: 0, random: () => 0.5 }) ?? 0);
    }
  };
  let left = 1_000;
  const all = Array.from({ length: left }, () => sendUntilTaken().then(() => left--));
  while (left > 0) await clock.advance(10);
  await Promise.all(all);
  // The first 150 are taken at once, the others at 150 a second.
  const idealSeconds = (1_000 - 150) / 150;
  expect(clock.monotonic() / 1000).toBeLessThan(idealSeconds * 1.1);
  // The limiter bears 15 % of throttled replies; halving from the ceiling costs about twice as many again.
  expect(service.requests()).toBeLessThan(1_000 / 0.85 + 2 * ceiling);
});
