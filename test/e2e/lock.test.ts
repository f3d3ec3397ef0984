import { hostname } from 'node:os';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import type { Lock } from '../../src/model/lock.ts';
import type { Clock } from '../../src/model/ports.ts';
import { type Bench, openBench } from '../support/open-bench.ts';
import { type Project, smallSite } from '../support/project.ts';
import { keysOf, siteKeysOf, textOf } from '../support/read-bucket.ts';
import { writesOf } from '../support/request-log.ts';
import { s3Client } from '../support/s3-client.ts';
import { put } from './refusals/row.ts';

const lockKey = '.cdnpub/channels/live/lock.json';
const yearMs = 365 * 86_400_000;

const deadLock: Lock = {
  ...{ schema: 1, id: 'L-dead00', nonce: 'dead', user: 'bob', host: 'cellar', url: null, commit: null },
  ...{ release: 'r-dead', beat: 0 },
};

/** A deploy that stands still at its first wait, holding the lock, until it is let go. */
async function startAndPause({ time, deploy }: Bench, from: Project, clock: Partial<Clock> = {}) {
  let pause = () => {};
  let goOn = () => {};
  const paused = new Promise<void>((resolve) => {
    pause = resolve;
  });
  const released = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const beforeSleep = () => {
    pause();
    return released;
  };
  const ended = deploy({ from, clock: { ...time.clock({ beforeSleep }), ...clock } });
  await Promise.race([paused, ended]);
  return { ended, goOn };
}

describe('one at a time', () => {
  test('without waiting, the second is told who is deploying', async () => {
    const { cloud, project } = await openBench();
    await project.publish(['--no-cdn']);
    project.build({ 'new.txt': 'new' });
    await cloud.setFaults([{ match: { op: 'PutObject', key: 'new.txt' }, times: 1, do: { hold: true } }]);
    const first = project.deploy(['--no-cdn']);
    await cloud.untilStruck();
    const { id, user, release } = JSON.parse((await textOf(project, lockKey)) ?? '') as Lock;
    const second = await project.run(['deploy', 'dist', '--no-cdn', '--lock-timeout', '0', '--json']);
    const { error, ...result } = second.json<{ error: { message: string; hints: string[]; details: object } }>();
    expect(second.code).toBe(3);
    expect(result).toMatchObject({ ok: false, exit: 3, state: 'unchanged', changed: false });
    expect(error).toMatchObject({ code: 'E_LOCKED', details: { lock: id, user, host: hostname(), release } });
    for (const part of [user, hostname(), release]) expect(error.message).toContain(part);
    expect(error.hints.join('\n')).toContain(`cdnpub unlock ${id}`);
    await cloud.clearFaults();
    expect(await first).toMatchObject({ state: 'live', release });
    expect(await keysOf(project, lockKey)).toEqual([]);
  });

  test('with patience, the second deploys after the first, and plans anew', async () => {
    const bench = await openBench();
    await bench.publish();
    const others = bench.copy({ ...smallSite, 'theirs.txt': 'theirs', 'style.css': 'theirs' });
    bench.project.build({ 'style.css': 'ours' });
    const first = await startAndPause(bench, others);
    const seen: string[] = [];
    const onLockWait = ({ lock }: { readonly lock: Lock }) => {
      seen.push(lock.user);
      first.goOn();
    };
    const second = await bench.deploy({ lockTimeoutMs: 60_000, onLockWait });
    expect(await first.ended).toMatchObject({ state: 'live' });
    expect(second).toMatchObject({ state: 'live', previousRelease: (await first.ended).release });
    expect(seen[0]).toBe('ann');
    expect(await siteKeysOf(bench.project)).toEqual(Object.keys(smallSite).sort());
    expect((await bench.deploy()).state).toBe('unchanged');
  });
});

describe('a lock without a sign of life', () => {
  /** Seconds since the last one; a lease is 120 s, and a request that was sent in it lands within 30 s. */
  const ages: readonly (readonly [number, 'held' | 'taken over'])[] = [
    [0, 'held'],
    [121, 'held'],
    [150, 'held'],
    [151, 'taken over'],
  ];
  const clocks: readonly (readonly [string, number])[] = [
    ['right', 0],
    ['a year fast', yearMs],
    ['a year slow', -yearMs],
  ];
  const rows = clocks.flatMap(([name, skewMs]) => ages.map(([age, fate]) => [age, fate, name, skewMs] as const));

  test.each(rows)('%i s old by S3’s clock is %s, with a clock that is %s', async (age, fate, _name, skewMs) => {
    const { project, time, publish, deploy } = await openBench();
    await publish();
    project.build({ 'new.txt': 'new' });
    await put(project, lockKey, JSON.stringify(deadLock));
    await time.advance(age * 1000);
    const result = await deploy({ clock: { ...time.clock(), now: () => time.now() + skewMs } });
    if (fate === 'taken over') expect(result).toMatchObject({ ok: true, state: 'live' });
    else
      expect(result).toMatchObject({ state: 'unchanged', error: { code: 'E_LOCKED', details: { lock: 'L-dead00' } } });
    expect((await keysOf(project, lockKey)).length).toBe(fate === 'held' ? 1 : 0);
  });

  test('that cannot be read is nobody’s, and is taken over all the same', async () => {
    const { project, time, publish, deploy } = await openBench();
    await publish();
    project.build({ 'new.txt': 'new' });
    await put(project, lockKey, 'garbled');
    expect((await deploy()).error?.code).toBe('E_LOCKED');
    await time.advance(151_000);
    expect(await deploy()).toMatchObject({ state: 'live' });
  });
});

describe('the holder', () => {
  test('keeps a lock by its heartbeat however long it takes', async () => {
    const bench = await openBench();
    await bench.publish();
    const others = bench.copy({ ...smallSite, 'index.html': 'theirs' });
    bench.project.build({ 'index.html': 'ours' });
    const holder = await startAndPause(bench, others);
    await bench.time.advance(600_000);
    const { error } = await bench.deploy();
    expect(error?.code).toBe('E_LOCKED');
    expect(Number(/sign of life is (\d+) s old/.exec(error?.message ?? '')?.[1])).toBeLessThanOrEqual(20);
    holder.goOn();
    expect(await holder.ended).toMatchObject({ state: 'live' });
  });

  /** How a holder loses its lock while it stands still. */
  const losses: readonly {
    readonly name: string;
    readonly clock?: Partial<Clock>;
    readonly lose: (bench: Bench) => Promise<unknown>;
  }[] = [
    {
      name: 'was suspended for the lease less one request timeout',
      clock: { every: () => ({ stop: async () => {} }) },
      lose: ({ time }) => time.advance(90_000),
    },
    {
      name: 'was suspended, and its lock taken over',
      clock: { every: () => ({ stop: async () => {} }) },
      async lose({ time, publish }) {
        await time.advance(151_000);
        await publish();
      },
    },
    {
      name: 'was unlocked',
      async lose({ project: { cloud, bucket: Bucket }, time }) {
        await s3Client(cloud).send(new DeleteObjectCommand({ Bucket, Key: lockKey }));
        await time.advance(20_000);
      },
    },
    {
      name: 'was unlocked, and another is deploying',
      async lose({ project, time }) {
        await put(project, lockKey, JSON.stringify(deadLock));
        await time.advance(20_000);
      },
    },
  ];

  // Without: with-lock.ts, withLock: `held.check()` left away.
  test.each(losses.map((row) => [row.name, row] as const))('that %s sends nothing more', async (_, { clock, lose }) => {
    const bench = await openBench();
    await bench.publish();
    const others = bench.copy({ ...smallSite, 'index.html': 'late' });
    bench.project.build({ 'index.html': 'in time' });
    const holder = await startAndPause(bench, others, clock);
    await lose(bench);
    const { next } = await bench.cloud.requests();
    holder.goOn();
    expect(await holder.ended).toMatchObject({ state: 'partial', error: { code: 'E_LOCKED' } });
    const after = writesOf((await bench.cloud.requests(next)).requests);
    // Its own lock, where it still is its own, is all that it may take away.
    expect(after.filter(({ op }) => op !== 'DeleteObjects')).toEqual([]);
    await s3Client(bench.cloud).send(new DeleteObjectCommand({ Bucket: bench.project.bucket, Key: lockKey }));
    await bench.deploy();
    expect(await textOf(bench.project, 'index.html')).toBe('in time');
    expect((await bench.deploy()).state).toBe('unchanged');
  });
});
