import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../../src/local-cloud/front/parse-fault-rules.ts';
import { createTestClock } from '../../support/test-clock.ts';
import { type EchoFront, startEchoFront } from './echo-front.ts';
import { type RawOptions, rawRequest } from './raw-request.ts';

const clock = createTestClock();
let front: EchoFront;
let onKill: () => void | Promise<void> = () => {};
beforeAll(async () => {
  front = await startEchoFront(() => onKill(), clock);
});
afterAll(() => front.close());
beforeEach(() => {
  front.seen.length = 0;
});
afterEach(() => ask({ method: 'DELETE', path: '/_cdnpub/faults' }));

const ask = (options: Omit<RawOptions, 'port'>) => rawRequest({ port: front.port, ...options });
const setFaults = (...rules: FaultRule[]) =>
  ask({ method: 'PUT', path: '/_cdnpub/faults', body: JSON.stringify({ rules }) });
const faults = async () =>
  JSON.parse((await ask({ path: '/_cdnpub/faults' })).text) as { rules: { hits: number }[]; requests: number };
const log = async () =>
  (JSON.parse((await ask({ path: '/_cdnpub/requests' })).text) as { requests: Record<string, unknown>[] }).requests;
const scope = (service = 's3') =>
  `AWS4-HMAC-SHA256 Credential=F/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
/** A request of an account. */
const headersFor = (service?: string) => ({ authorization: scope(service), 'x-amz-date': '20260101T000000Z' });
const send = (path: string, service?: string) => ask({ method: 'PUT', path, headers: headersFor(service) });
const applied = () => front.seen.map(({ rawPath }) => rawPath);

describe('what a rule may say', () => {
  test.each<[string, object, number]>([
    ['an index', { match: { index: 3 }, do: { hold: true } }, 200],
    ['an index in words', { match: { index: 'three' }, do: { hold: true } }, 400],
    ['kill before', { do: { kill: 'before' } }, 200],
    ['kill after', { do: { kill: 'after' } }, 200],
    ['kill sometimes', { do: { kill: 'sometimes' } }, 400],
    ['land', { do: { land: 1000 } }, 200],
    ['land in the past', { do: { land: -1 } }, 400],
    ['a rate', { do: { perSecond: 150 } }, 200],
    ['a rate in words', { do: { perSecond: 'many' } }, 400],
  ])('%s', async (_, rule, status) => {
    const body = JSON.stringify({ rules: [rule] });
    expect((await ask({ method: 'PUT', path: '/_cdnpub/faults', body })).status).toBe(status);
  });
});

describe('an index', () => {
  test('counts the requests of the account to all services since the rules were set', async () => {
    await send('/before');
    await setFaults({ match: { index: 3 }, do: { status: 503, code: 'SlowDown' } });
    const statuses: number[] = [];
    for (const [path, service] of [
      ['/1', 's3'],
      ['/2', 'cloudfront'],
      ['/3', 's3'],
      ['/4', 'sts'],
    ])
      statuses.push((await send(path ?? '', service)).status);
    expect(statuses).toEqual([200, 200, 503, 200]);
    expect(await faults()).toMatchObject({ rules: [{ hits: 1 }], requests: 4 });
  });

  test('leaves out who is anonymous', async () => {
    await setFaults({ match: { index: 1 }, do: { status: 503 } });
    expect((await ask({ path: '/anonymous' })).status).toBe(200);
    expect((await send('/first')).status).toBe(503);
  });

  test('is one of several conditions', async () => {
    await setFaults({ match: { index: 2, key: 'b' }, do: { status: 503 } });
    expect([(await send('/b')).status, (await send('/a')).status]).toEqual([200, 200]);
    await setFaults({ match: { index: 2, key: 'b' }, do: { status: 503 } });
    expect([(await send('/a')).status, (await send('/b')).status]).toEqual([200, 503]);
  });
});

describe('a rate', () => {
  const burst = async (count: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < count; n++) statuses.push((await send(`/${n}`)).status);
    return statuses;
  };

  test('lets so many through within any second of the server', async () => {
    await setFaults({ match: {}, do: { perSecond: 3 } });
    expect(await burst(5)).toEqual([200, 200, 200, 503, 503]);
    await clock.advance(999);
    expect(await burst(1)).toEqual([503]);
    await clock.advance(1);
    expect(await burst(2)).toEqual([200, 200]);
    await clock.advance(500);
    expect(await burst(2)).toEqual([200, 503]);
    await clock.advance(500);
    expect(await burst(3)).toEqual([200, 200, 503]);
    expect((await faults()).rules[0]?.hits).toBe(5);
  });

  test('is a SlowDown, counts what matches and leaves the rest to the next rule', async () => {
    await setFaults(
      { match: { key: 'a' }, do: { perSecond: 1 } },
      { match: { index: 1 }, do: { status: 500 } },
      { match: { key: 'b' }, do: { status: 404 } },
    );
    const answers = [await send('/a'), await send('/a'), await send('/b'), await send('/c')];
    expect(answers.map(({ status }) => status)).toEqual([500, 503, 404, 200]);
    expect(answers[1]?.text).toContain('<Code>SlowDown</Code>');
    expect((await log()).at(-3)).toMatchObject({ status: 503, fault: 'rate' });
  });

  test('is used up after so many strikes', async () => {
    await setFaults({ match: {}, times: 1, do: { perSecond: 1 } });
    expect(await burst(4)).toEqual([200, 503, 200, 200]);
  });
});

describe('a write that lands later', () => {
  test('is applied when its time has come, though its client was cut off at once', async () => {
    await setFaults({ match: { key: 'late' }, do: { land: 5000 } });
    await expect(send('/late')).rejects.toThrow(/hang up|ECONNRESET/);
    await send('/meanwhile');
    expect(applied()).toEqual(['/meanwhile']);
    await clock.advance(4999);
    expect(applied()).toEqual(['/meanwhile']);
    await clock.advance(1);
    expect(applied()).toEqual(['/meanwhile', '/late']);
    expect((await log()).slice(-3)).toMatchObject([
      { key: 'late', status: 0, fault: 'land' },
      { key: 'meanwhile', status: 200 },
      { key: 'late', status: 200, fault: 'landed' },
    ]);
  });

  test('lands after the rules are gone, and never after the front is closed', async () => {
    const other = await startEchoFront(undefined, clock);
    for (const { port } of [front, other]) {
      const rules = [{ match: { key: 'late' }, do: { land: 1000 } }];
      await rawRequest({ port, method: 'PUT', path: '/_cdnpub/faults', body: JSON.stringify({ rules }) });
      await rawRequest({ port, method: 'PUT', path: '/late' }).catch(() => undefined);
      await rawRequest({ port, method: 'DELETE', path: '/_cdnpub/faults' });
    }
    await other.close();
    await clock.advance(1000);
    expect([applied(), other.seen]).toEqual([['/late'], []]);
  });
});

describe('latency and slowness', () => {
  test.each<[string, FaultRule['do'], number]>([
    ['latency', { latencyMs: 3000 }, 3000],
    // Two bytes up in 100 ms, then one down, and 50 ms later the other.
    ['slow', { bytesPerSecond: 20 }, 150],
  ])('%s is by the clock of the server', async (fault, action, ms) => {
    await setFaults({ match: {}, do: action });
    let answered = false;
    const answer = ask({ method: 'PUT', path: '/x', body: 'up' }).then((given) => {
      answered = true;
      return given;
    });
    while ((await faults()).rules[0]?.hits !== 1) await new Promise(setImmediate);
    await clock.advance(ms - 1);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect((await answer).text).toBe('ok');
    expect((await log()).at(-1)).toMatchObject({ fault });
  });
});

describe('killing a client', () => {
  let child: ChildProcess | undefined;
  afterEach(() => {
    onKill = () => {};
    child?.kill('SIGKILL');
  });

  /** A process that sends a request and, when told to, eight more; it says when they are on their way. */
  const script = `
    const { Agent, request } = require('node:http');
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const headers = ${JSON.stringify({ authorization: scope(), 'x-amz-date': '20260101T000000Z' })};
    const send = (path) => new Promise((resolve) => {
      const sent = request({ agent, host: '127.0.0.1', port: process.argv[1], method: 'PUT', path, headers });
      sent.on('response', (answer) => answer.resume()).on('error', () => {}).on('finish', resolve).end('x');
    });
    process.stdin.once('data', async () => {
      await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => send('/after-' + n)));
      process.stdout.write('sent');
    });
    send('/struck');`;

  test.each([
    ['before', []],
    ['after', ['/struck']],
    [true, ['/struck']],
  ] as const)('%s: nothing else is applied', async (kill, expected) => {
    await setFaults({ match: { key: 'struck' }, do: { kill } });
    const client = spawn(process.execPath, ['-e', script, String(front.port)], { stdio: ['pipe', 'pipe', 'inherit'] });
    child = client;
    const killed = new Promise<void>((resolve) => {
      onKill = async () => {
        client.stdin.write('go');
        await once(client.stdout, 'data');
        await untilGated();
        client.kill('SIGKILL');
        await once(client, 'exit');
        resolve();
      };
    });
    await killed;
    // Another client, who waits for the gate like the one that died.
    expect((await send('/other')).status).toBe(200);
    expect(applied()).toEqual([...expected, '/other']);
    expect((await faults()).requests).toBe(2);
  });

  /** What a client has sent is in the sockets: the front has read it after some turns. */
  async function untilGated() {
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  }

  test('a client that lives on waits for the hook and is served then', async () => {
    let release: () => void = () => {};
    onKill = () => new Promise((resolve) => (release = resolve));
    await setFaults({ match: { key: 'struck' }, do: { kill: 'before' } });
    const lost = send('/struck').catch(() => 'lost');
    while ((await faults()).rules[0]?.hits !== 1) await new Promise(setImmediate);
    const other = send('/other');
    const spared = await ask({ path: '/anonymous' });
    expect([spared.status, applied()]).toEqual([200, ['/anonymous']]);
    release();
    expect((await other).status).toBe(200);
    expect(applied()).toEqual(['/anonymous', '/other']);
    expect(await Promise.race([lost, Promise.resolve('still open')])).toBe('still open');
  });
});
