import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makePut, makeStreamPut } from './make-put.ts';
import { type Adapters, openAdapters } from './open-adapters.ts';
import { answerXml, localOf, stubAws } from './stub-aws.ts';

const everything = { after: undefined, through: undefined };

/** Lets a request arrive, then moves time. */
async function afterArrival(
  { clock }: Adapters,
  requests: readonly unknown[],
  count: number,
  ms: number,
): Promise<void> {
  while (requests.length < count) await turn();
  await clock.advance(ms);
}

const ok = (body: string) => `<ListBucketResult>${body}</ListBucketResult>`;

test('a request that is not answered within 30 s is cut and sent again', async () => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    if (number > 1) answerXml(response, 200, ok(''));
  });
  const adapters = await openAdapters({ connect: { local: localOf(endpoint) } });
  const list = adapters.store.list(everything);
  await afterArrival(adapters, requests, 1, 29_999);
  expect(requests).toHaveLength(1);
  await adapters.clock.advance(1);
  expect(await adapters.play(list)).toEqual([]);
  expect(requests).toHaveLength(2);
});

test('an answer that stands still in its middle is cut too', async () => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    if (number > 1) {
      response.end('whole');
      return;
    }
    response.writeHead(200, { 'content-length': '5' });
    response.write('who');
  });
  const adapters = await openAdapters({ connect: { local: localOf(endpoint) } });
  const read = adapters.store.read('a.txt');
  await afterArrival(adapters, requests, 1, 0);
  for (let wait = 0; wait < 50; wait++) await turn();
  await adapters.clock.advance(30_000);
  expect(await adapters.play(read)).toMatchObject({ bytes: new TextEncoder().encode('whole') });
});

test('patience with a service that never answers ends, and says so', async () => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    if (number === 1) answerXml(response, 200, ok(''));
  });
  const adapters = await openAdapters({ connect: { local: localOf(endpoint) } });
  await adapters.play(adapters.store.list(everything));
  const failure = adapters.store.put(makePut('a.html', 'a')).catch((error: unknown) => error);
  for (let attempt = 1; attempt <= 4; attempt++) {
    while (requests.length < 1 + attempt) await adapters.clock.advance(50);
    await adapters.clock.advance(30_000);
  }
  expect(await adapters.play(failure)).toMatchObject({
    code: 'E_TIMEOUT',
    message: expect.stringMatching(/s3:PutObject on .*docs\/a.html did not answer in time; tried \d times in 1\d\d/),
  });
});

test('a connection that is cut after 20 s is made again', async () => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    if (number > 1) answerXml(response, 200, ok(''));
    else adapters.clock.after(20_000, () => response.socket?.destroy());
  });
  const adapters = await openAdapters({ connect: { local: localOf(endpoint) } });
  const list = adapters.store.list(everything);
  await afterArrival(adapters, requests, 1, 20_000);
  expect(await adapters.play(list)).toEqual([]);
});

test('a body that stands still is cut, and opened again', async () => {
  const adapters = await openAdapters();
  const bytes = new Uint8Array(9 * 1_048_576);
  const put = makeStreamPut('film.mp4', bytes);
  let opened = 0;
  async function* stuck() {
    yield bytes.subarray(0, 1_048_576);
    await new Promise(() => {});
  }
  const open = () => {
    opened += 1;
    return opened === 1 ? stuck() : put.body.open();
  };
  const written = adapters.store.put({ ...put, body: { ...put.body, open } });
  while (opened === 0) await turn();
  for (let wait = 0; wait < 50; wait++) await turn();
  await adapters.clock.advance(30_000);
  expect(await adapters.play(written)).toMatchObject({ kind: 'written' });
  expect(opened).toBe(2);
});

test('nothing waits for time any more when all is answered', async () => {
  const { store, clock, play } = await openAdapters();
  await play(store.put(makePut('a.html', 'a')));
  await play(store.read('a.html'));
  await play(store.head('b.html'));
  for (let wait = 0; wait < 20; wait++) await turn();
  expect(clock.nextAt()).toBeUndefined();
});
