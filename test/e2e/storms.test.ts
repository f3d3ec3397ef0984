import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { deploy } from '../../src/app/deploy.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import type { ErrorCode } from '../../src/model/error-code.ts';
import { heartbeatMs } from '../../src/model/lock.ts';
import { deployResult } from '../../src/report/deploy-result.ts';
import { playTime } from '../aws-adapters/play-time.ts';
import type { FaultRule } from '../support/faults.ts';
import { deployOptions } from '../support/open-bench.ts';
import { openProject } from '../support/project.ts';
import { siteKeysOf } from '../support/read-bucket.ts';
import { startCloud } from '../support/start-cloud.ts';
import type { Tree } from '../support/write-tree.ts';

// What services do for a while, or without end, to a deploy as a whole: it gets through, or ends with an error and says
// what it left. Either way it asks no more often, and takes no longer, than is stated here; and the next deploy sets
// everything right. Time moves only while no request is on its way.

const pages = 150;

const build = (n: number): Tree => ({
  'index.html': `home ${n}`,
  ...Object.fromEntries(Array.from({ length: pages }, (_, at) => [`docs/${at}.html`, `page ${at}, ${n}`])),
});

/** A cloud whose time is played, with a first build live in it and a second one ready. */
async function openPlayed() {
  const time = playTime();
  const cloud = await startCloud({ clock: time.clock });
  onTestFinished(() => cloud.close());
  const project = openProject(cloud, build(1));
  // The lock's heartbeat is no request on its way.
  const clock = {
    ...time.clientClock,
    every: (ms: number, task: () => Promise<void>) =>
      (ms === heartbeatMs ? time.clock : time.clientClock).every(ms, task),
  };
  const run = async () =>
    deployResult(await time.play(deploy(deployOptions(project, clock, { concurrency: 64, random: () => 0.5 }))));
  expect(await run()).toMatchObject({ ok: true });
  await time.clock.advance(60_000);
  project.build(build(2));
  return {
    ...{ cloud, project, run },
    /** Deploys the second build, and tells how much it took. */
    async measure() {
      const { next } = await cloud.requests();
      const startSeconds = time.seconds();
      const result = await run();
      const { requests } = await cloud.requests(next);
      return { result, requests: requests.length, seconds: time.seconds() - startSeconds };
    },
    advance: time.clock.advance,
  };
}

// Modules that are loaded on demand are no requests either; time must not run while they come.
beforeAll(async () => {
  const cloud = await startCloud();
  const project = openProject(cloud, build(1));
  await deploy(deployOptions(project, systemClock, { concurrency: 64, random: Math.random }));
  await cloud.close();
});

let calm: ReturnType<Awaited<ReturnType<typeof openPlayed>>['measure']> | undefined;

/** What a deploy takes that nothing disturbs. */
const inCalm = () => {
  calm ??= openPlayed().then(({ measure }) => measure());
  return calm;
};

const status = (code: number, name: string): FaultRule['do'] => ({ status: code, code: name });
const put = (key: string, action: FaultRule['do'], skip = 0): readonly FaultRule[] => [
  { match: { caller: 'account', op: 'PutObject', key }, skip, do: action },
];
const invalidation = (action: FaultRule['do'], times?: number): readonly FaultRule[] => [
  { match: { op: 'CreateInvalidation' }, ...(times === undefined ? {} : { times }), do: action },
];
const noRoom = status(400, 'TooManyInvalidationsInProgress');

interface Storm {
  readonly name: string;
  readonly rules: readonly FaultRule[];
  /** Beyond what a deploy in calm takes, at most. */
  readonly more: { readonly requests: number; readonly seconds: number };
}

const passing: readonly Storm[] = [
  {
    name: 'every second request is answered 503',
    rules: Array.from({ length: 400 }, (_, at) => ({
      ...{
        match: { caller: 'account', index: 2 * at + 1 },
        do: status(503, at % 3 === 0 ? 'SlowDown' : 'Unavailable'),
      },
    })),
    more: { requests: 200, seconds: 120 },
  },
  {
    name: 'S3 takes 150 writes a second',
    rules: [{ match: { op: 'PutObject' }, do: { perSecond: 150 } }],
    more: { requests: 2 * 64, seconds: 3 },
  },
  {
    name: 'S3 takes 20 writes a second',
    rules: [{ match: { op: 'PutObject' }, do: { perSecond: 20 } }],
    more: { requests: 3 * pages, seconds: pages / 20 + 5 },
  },
  {
    name: 'an invalidation is answered 503 nine times',
    rules: invalidation(status(503, 'ServiceUnavailable'), 9),
    more: { requests: 9, seconds: 30 },
  },
  {
    name: 'an invalidation is throttled nine times',
    rules: invalidation(status(400, 'Throttling'), 9),
    more: { requests: 9, seconds: 30 },
  },
  {
    name: 'there is no room for an invalidation, six times',
    rules: invalidation(noRoom, 6),
    more: { requests: 9, seconds: 120 },
  },
];

test.each(passing.map((storm) => [storm.name, storm] as const))('%s: it gets through', async (_, { rules, more }) => {
  const { cloud, run, measure } = await openPlayed();
  await cloud.setFaults(rules);
  const { result, requests, seconds } = await measure();
  const calm = await inCalm();
  expect(result).toMatchObject({ ok: true, state: 'live' });
  expect(requests - calm.requests).toBeLessThanOrEqual(more.requests);
  expect(seconds - calm.seconds).toBeLessThanOrEqual(more.seconds);
  await cloud.clearFaults();
  expect(await run()).toMatchObject({ ok: true, state: 'unchanged' });
});

interface Endless extends Storm {
  readonly code: ErrorCode;
}

const endless: readonly Endless[] = [
  {
    name: 'S3 is too busy without end',
    rules: put('docs/*', status(503, 'SlowDown')),
    // 120 s for one that is let in at once, and as long for one that was let in when the first gave up.
    ...{ code: 'E_THROTTLED', more: { requests: 64 * 40, seconds: 240 } },
  },
  {
    name: 'S3 fails without end',
    rules: put('docs/*', status(500, 'InternalError')),
    ...{ code: 'E_SERVICE', more: { requests: 64 * 10, seconds: 240 } },
  },
  {
    name: 'CloudFront throttles without end',
    rules: invalidation(status(400, 'Throttling')),
    ...{ code: 'E_THROTTLED', more: { requests: 40, seconds: 125 } },
  },
  {
    name: 'there never is room for an invalidation',
    rules: invalidation(noRoom),
    ...{ code: 'E_THROTTLED', more: { requests: 60, seconds: 305 } },
  },
  {
    name: 'credentials expire between two writes',
    rules: put('docs/*', status(400, 'ExpiredToken'), 20),
    ...{ code: 'E_EXPIRED', more: { requests: 64, seconds: 1 } },
  },
  {
    name: 'credentials expire before the record is written',
    rules: put('.cdnpub/channels/live/releases/*', status(403, 'ExpiredToken')),
    ...{ code: 'E_EXPIRED', more: { requests: 2, seconds: 1 } },
  },
];

describe('a storm without end', () => {
  test.each(endless.map((storm) => [storm.name, storm] as const))('%s', async (_, { rules, code, more }) => {
    const { cloud, project, run, measure, advance } = await openPlayed();
    await cloud.setFaults(rules);
    const { result, requests, seconds } = await measure();
    const calm = await inCalm();
    expect(result).toMatchObject({ ok: false, state: 'partial', error: { code } });
    expect(requests - calm.requests).toBeLessThanOrEqual(more.requests);
    expect(seconds - calm.seconds).toBeLessThanOrEqual(more.seconds);
    await cloud.clearFaults();
    await advance(151_000);
    expect(await run()).toMatchObject({ ok: true, state: 'live' });
    expect(await siteKeysOf(project)).toEqual(Object.keys(build(2)).sort());
    expect(await run()).toMatchObject({ ok: true, state: 'unchanged' });
  });
});
