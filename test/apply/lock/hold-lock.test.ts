import { describe, expect, test } from 'vitest';
import { holdLock } from '../../../src/apply/lock/hold-lock.ts';
import { type LockRequest, takeLock } from '../../../src/apply/lock/take-lock.ts';
import { heartbeatMs, type Lock } from '../../../src/model/lock.ts';
import type { WriteResult } from '../../../src/model/ports.ts';
import { encodeDocument } from '../../../src/plan/state/document-text.ts';
import { createManualTime } from '../../support/manual-time.ts';

const lock: Lock = {
  ...{ schema: 1, id: 'L-1a2b3c', nonce: 'ours', user: 'ann', host: 'desk', url: null, commit: null },
  ...{ release: 'r-1', beat: 0 },
};

const written: WriteResult = { kind: 'written', etag: 'e1', versionId: null };

/** A lock of ours in a time that a test moves; what the store does is the test's to say. */
function openLock(store: Partial<LockRequest['store']>) {
  const time = createManualTime(0);
  const removed: string[] = [];
  const request: LockRequest = {
    store: {
      put: async () => written,
      read: async () => undefined,
      async remove(objects) {
        removed.push(...objects.map(({ etag }) => etag));
        return [];
      },
      ...store,
    },
    ...{ clock: time.clock(), key: 'lock.json', lock, timeoutMs: 0, digestBytes: () => '', onWait: () => {} },
  };
  return { time, request, removed };
}

describe('the lease counts from before the lock was asked for', () => {
  const take = async (store: Parameters<typeof openLock>[0]) => {
    const { request } = openLock(store);
    return holdLock(request, await takeLock(request));
  };

  test('an answer that came at once lets requests through', async () => {
    expect((await take({})).check()).toBeUndefined();
  });

  test('an answer that was read late, as by a machine that was suspended meanwhile, does not', async () => {
    const { time, request } = openLock({
      async put() {
        await time.advance(100_000);
        return written;
      },
    });
    const held = holdLock(request, await takeLock(request));
    expect(() => held.check()).toThrow('its last heartbeat was confirmed');
  });

  test.each([
    [10_000, undefined],
    [100_000, 'its last heartbeat was confirmed'],
  ])('our own lock that is found there %i ms after it was written', async (ageMs, refused) => {
    const bytes = new TextEncoder().encode(encodeDocument(lock));
    const held = await take({
      put: async () => ({ kind: 'conflict' }),
      read: async () => ({ bytes, etag: 'e1', ageMs }),
    });
    if (refused === undefined) expect(held.check()).toBeUndefined();
    else expect(() => held.check()).toThrow(refused);
  });
});

test('a heartbeat that is on its way at the end is waited for, and then the lock is taken away', async () => {
  let inFlight = 0;
  let answer = () => {};
  const { time, request, removed } = openLock({
    async put() {
      inFlight += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      inFlight -= 1;
      return { ...written, etag: 'e2' };
    },
  });
  const held = holdLock(request, { etag: 'e1', beatAt: { wallMs: 0, monotonicMs: 0 } });
  const beaten = time.advance(heartbeatMs);
  const released = held.release({ writesInFlight: () => inFlight > 0 });
  answer();
  await Promise.all([beaten, released]);
  expect(removed).toEqual(['e2']);
});

test('a lock is left to run out while a write is in flight', async () => {
  const { request, removed } = openLock({});
  const held = holdLock(request, await takeLock(request));
  await held.release({ writesInFlight: () => true });
  expect(removed).toEqual([]);
});
