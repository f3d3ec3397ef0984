import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startFaultProxy, type Treatment } from '../support/fault-proxy.ts';
import type { FaultRule } from '../support/faults.ts';
import { disturbDeploy, effortAtMost } from './disturb.ts';
import type { World } from './open-world.ts';
import { createRandom, type Random } from './random.ts';
import { scale } from './scale.ts';
import { tellCounts } from './tally.ts';

// Any mix of what services and networks do wrong, by the local cloud's own rules and by a proxy that knows nothing of
// it. A deploy gets through, or says what it left; the next one sets everything right.

const action = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ status: 503, code: 'SlowDown' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom({ status: 500 }, { status: 502 }, { status: 503, code: 'ServiceUnavailable' }),
  },
  { weight: 3, arbitrary: fc.constantFrom({ reset: 'before' as const }, { reset: 'after' as const }) },
  { weight: 2, arbitrary: fc.record({ land: fc.integer({ min: 100, max: 29_000 }) }) },
  { weight: 2, arbitrary: fc.record({ latencyMs: fc.integer({ min: 100, max: 45_000 }) }) },
  { weight: 1, arbitrary: fc.record({ bytesPerSecond: fc.integer({ min: 20, max: 2_000 }) }) },
  { weight: 1, arbitrary: fc.record({ perSecond: fc.integer({ min: 5, max: 50 }) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ status: 403, code: 'ExpiredToken' }, { status: 403, code: 'AccessDenied' }),
  },
  { weight: 1, arbitrary: fc.constant({ status: 409, code: 'ConditionalRequestConflict' }) },
);

const operations = [
  'PutObject',
  'CopyObject',
  'DeleteObjects',
  'ListObjectsV2',
  'CreateInvalidation',
  'GetInvalidation',
];

const rule: fc.Arbitrary<FaultRule> = fc.record({
  match: fc.oneof(
    fc.constant({ caller: 'account' }),
    fc.record({ caller: fc.constant('account'), op: fc.constantFrom(...operations) }),
  ),
  skip: fc.nat(40),
  times: fc.integer({ min: 1, max: 6 }),
  do: action,
});

/** Milliseconds; S3 refuses signatures that are more than 15 minutes off. */
const skew = fc.constantFrom(0, 0, 0, -60_000, 14 * 60_000, -20 * 60_000, 3 * 3_600_000, -30 * 3_600_000);

const options = { seed: 4, numRuns: scale(200, 2), endOnFailure: true };

tellCounts('faults', [
  'disturbed deploys',
  'went through',
  'stopped and told',
  'most effort',
  'answers',
  'stale',
  'mixed',
]);

const none = async () => ({ end: async () => {}, speed: 1 });

test.each([14 * 60_000, -20 * 60_000, 30 * 3_600_000])('a clock that is off by %i ms', async (skewMs) => {
  const { result } = await disturbDeploy({ seed: 1, skewMs }, none);
  expect(result).toMatchObject({ ok: true, state: 'live' });
});

describe('a deploy whose requests go wrong ends well or says what it left', () => {
  test('by rules of the local cloud', { timeout: 3_600_000 }, async () => {
    const property = fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 5 }), skew, async (rules, skewMs) => {
      const { requests, undisturbed } = await disturbDeploy({ seed: 1, skewMs }, async (world) => {
        await world.faults.setFaults(rules);
        return { end: async () => void (await world.faults.clearFaults()) };
      });
      expect(requests).toBeLessThan(effortAtMost * undisturbed);
    });
    await fc.assert(property, options);
  });

  test('by a proxy between', { timeout: 3_600_000 }, async () => {
    const property = fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 40 }), async (seed, percent) => {
      const { requests, undisturbed } = await disturbDeploy({ seed: 1 }, (world) =>
        throughProxy(world, createRandom(seed), percent / 100),
      );
      expect(requests).toBeLessThan(effortAtMost * undisturbed);
    });
    await fc.assert(property, options);
  });
});

test('every tenth connection stands still, and is cut after 20 s', async () => {
  const { requests, undisturbed } = await disturbDeploy({ seed: 1 }, async (world) => {
    const { endpoint, close } = await startFaultProxy({
      target: world.cloud.endpoint,
      decide: ({ index }) =>
        index % 10 === 0 ? cutAfter(world, 20_000, index % 20 === 0 ? 'before' : 'after') : { kind: 'pass' },
    });
    return { given: { local: { ...world.cloud, endpoint } }, end: close };
  });
  expect(requests).toBeLessThan(2 * undisturbed);
});

async function throughProxy(world: World, random: Random, probability: number) {
  const { endpoint, close } = await startFaultProxy({
    target: world.cloud.endpoint,
    decide: () => (random.chance(probability) ? treat(world, random) : { kind: 'pass' }),
  });
  return { given: { local: { ...world.cloud, endpoint } }, end: close };
}

function treat(world: World, random: Random): Treatment | Promise<Treatment> {
  return random.pick<() => Treatment | Promise<Treatment>>([
    () => ({ kind: 'refuse', status: 503, code: 'SlowDown' }),
    () => ({ kind: 'refuse', status: 500, code: 'InternalError' }),
    () => ({ kind: 'refuse', status: 504, code: 'GatewayTimeout' }),
    () => ({ kind: 'cut', when: 'before' }),
    () => ({ kind: 'cut', when: 'after' }),
    () => ({
      kind: 'late',
      until: new Promise((resolve) => world.time.after(random.below(29_000), () => resolve(undefined))),
    }),
    () => cutAfter(world, 20_000, random.pick(['before', 'after'] as const)),
    () => ({ kind: 'trickle' }),
    () => ({ kind: 'tear' }),
  ])();
}

/** A connection that stands still, and is cut. */
const cutAfter = (world: World, ms: number, when: 'before' | 'after'): Promise<Treatment> =>
  new Promise((resolve) => world.time.after(ms, () => resolve({ kind: 'cut', when })));
