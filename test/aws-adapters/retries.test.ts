import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { CdnpubError } from '../../src/model/cdnpub-error.ts';
import type { FaultRule } from '../support/faults.ts';
import { makePut, makeStreamPut } from './make-put.ts';
import { openAdapters } from './open-adapters.ts';
import { answerXml, localOf, stubAws } from './stub-aws.ts';

const everything = { after: undefined, through: undefined };

const fault = (status: number, code: string): FaultRule['do'] => ({ status, code });

const passing: readonly (readonly [string, FaultRule['do']])[] = [
  ['500 InternalError', fault(500, 'InternalError')],
  ['502', fault(502, 'BadGateway')],
  ['503 SlowDown', fault(503, 'SlowDown')],
  ['503 ServiceUnavailable', fault(503, 'ServiceUnavailable')],
  ['504', fault(504, 'GatewayTimeout')],
  ['429', fault(429, 'TooManyRequests')],
  ['400 RequestTimeout', fault(400, 'RequestTimeout')],
  ['400 RequestLimitExceeded', fault(400, 'RequestLimitExceeded')],
  ['409 ConditionalRequestConflict', fault(409, 'ConditionalRequestConflict')],
  ['409 OperationAborted', fault(409, 'OperationAborted')],
  ['a reset before', { reset: 'before' }],
  ['a reset after', { reset: 'after' }],
];

test.each(passing)('%s is tried again, five times if need be', async (_, action) => {
  const { store, play, setFaults, asked } = await openAdapters();
  await store.list(everything);
  await setFaults([{ match: { op: 'PutObject' }, times: 5, do: action }]);
  expect(await play(store.put(makePut('a.html', 'a')))).toMatchObject({ kind: 'written' });
  expect((await asked()).filter((op) => op === 'PutObject')).toHaveLength(6);
});

const standing: readonly (readonly [string, number, string, string])[] = [
  ['400 InvalidRequest', 400, 'InvalidRequest', 'E_SERVICE'],
  ['400 BadDigest', 400, 'BadDigest', 'E_SERVICE'],
  ['403 AccessDenied', 403, 'AccessDenied', 'E_PERMISSION'],
  ['403 SignatureDoesNotMatch', 403, 'SignatureDoesNotMatch', 'E_CREDENTIALS'],
  ['403 InvalidAccessKeyId', 403, 'InvalidAccessKeyId', 'E_CREDENTIALS'],
  ['501 NotImplemented', 501, 'NotImplemented', 'E_SERVICE'],
];

test.each(standing)('%s stands at once', async (_, status, code, told) => {
  const { store, play, setFaults, asked } = await openAdapters();
  await setFaults([{ match: { op: 'PutObject' }, do: fault(status, code) }]);
  await expect(play(store.put(makePut('a.html', 'a')))).rejects.toMatchObject({ code: told });
  expect(await asked()).toEqual(['PutObject']);
});

const ended: readonly (readonly [string, FaultRule['do'], string, number])[] = [
  ['500', fault(500, 'InternalError'), 'E_SERVICE', 10],
  ['a reset', { reset: 'before' }, 'E_NETWORK', 10],
  ['SlowDown', fault(503, 'SlowDown'), 'E_THROTTLED', 40],
  ['OperationAborted', fault(409, 'OperationAborted'), 'E_SERVICE', 8],
];

test.each(ended)('%s without end: patience ends, and the message says how often', async (_, action, code, attempts) => {
  const { store, play, setFaults, asked, seconds, connection } = await openAdapters();
  await store.list(everything);
  await asked();
  await setFaults([{ match: {}, do: action }]);
  const error = await play(store.put(makePut('a.html', 'a'))).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code, details: { attempts } });
  expect((error as CdnpubError).message).toMatch(
    new RegExp(`s3:PutObject.*; tried ${attempts} times in ${Math.round(seconds() * 10) / 10} s$`),
  );
  expect(seconds()).toBeLessThan(125);
  expect(await asked()).toHaveLength(attempts);
  expect(connection.counts.s3.put).toBe(attempts);
});

test('each kind of error has attempts of its own', async () => {
  const { store, play, setFaults } = await openAdapters();
  await store.list(everything);
  await setFaults([
    { match: {}, times: 9, do: { reset: 'before' } },
    { match: {}, times: 15, do: fault(503, 'SlowDown') },
    { match: {}, times: 7, do: fault(409, 'OperationAborted') },
  ]);
  expect(await play(store.put(makePut('a.html', 'a')))).toMatchObject({ kind: 'written' });
});

test('half of all requests are answered 503, and every file arrives', async () => {
  const { store, play, setFaults, asked } = await openAdapters();
  const halves = Array.from({ length: 400 }, (_, at) => ({
    ...{ match: { index: 2 * at + 1 }, do: fault(503, at % 3 === 0 ? 'SlowDown' : 'ServiceUnavailable') },
  }));
  await setFaults(halves);
  const keys = Array.from({ length: 200 }, (_, at) => `page-${at}.html`);
  const results = await play(Promise.all(keys.map((key) => store.put(makePut(key, key)))));
  expect(results.every(({ kind }) => kind === 'written')).toBe(true);
  expect(await asked()).toHaveLength(400);
  const there = await play(store.list(everything));
  expect(there.map(({ key }) => key).sort()).toEqual([...keys].sort());
});

test('a stream is opened anew for each attempt', async () => {
  const { store, play, setFaults } = await openAdapters();
  const bytes = new Uint8Array(9 * 1_048_576).fill(7);
  const put = makeStreamPut('film.mp4', bytes);
  await setFaults([
    { match: { op: 'PutObject' }, times: 1, do: { reset: 'before' } },
    { match: { op: 'PutObject' }, times: 1, do: fault(503, 'SlowDown') },
  ]);
  expect(await play(store.put(put))).toMatchObject({ kind: 'written' });
  expect(put.opened()).toBe(3);
  expect(await store.head('film.mp4')).toMatchObject({ size: bytes.length, sha256: put.sha256 });
});

test('a body that fails while it is read ends the call with its own error', async () => {
  const { store, play, asked } = await openAdapters();
  const changed = new CdnpubError('E_PARTIAL', { message: 'film.mp4 changed while it was published' });
  async function* read() {
    yield new Uint8Array(1_048_576);
    throw changed;
  }
  const body = { kind: 'stream' as const, size: 9 * 1_048_576, open: read };
  await expect(play(store.put(makePut('film.mp4', '', { body })))).rejects.toBe(changed);
  expect((await asked()).length).toBeLessThanOrEqual(1);
  expect(await store.head('film.mp4')).toBeUndefined();
});

test('what the gate throws is never retried', async () => {
  const { store, play, connection, asked } = await openAdapters();
  const lost = new CdnpubError('E_LOCKED', { message: 'the lock was lost' });
  connection.sending.gate.guard = () => {
    throw lost;
  };
  await expect(play(store.put(makePut('a.html', 'a')))).rejects.toBe(lost);
  expect(await asked()).toEqual([]);
});

test('the gate is asked before each attempt and while waiting for it', async () => {
  const { store, play, connection, setFaults, asked, seconds } = await openAdapters();
  const interrupted = new CdnpubError('E_TIMEOUT', { message: 'interrupted', exit: 130 });
  await setFaults([{ match: {}, do: fault(503, 'SlowDown') }]);
  connection.sending.gate.guard = () => {
    if (seconds() >= 8) throw interrupted;
  };
  await expect(play(store.put(makePut('a.html', 'a')))).rejects.toBe(interrupted);
  expect(seconds()).toBeLessThan(9.1);
  expect((await asked()).length).toBeGreaterThan(4);
});

test('no network at all is told after a few attempts', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closed.once('listening', resolve));
  const { port } = closed.address() as { readonly port: number };
  await new Promise((resolve) => closed.close(resolve));
  const local = localOf(`http://127.0.0.1:${port}`);
  const { store, play, seconds } = await openAdapters({ connect: { local } });
  await expect(play(store.head('a.html'))).rejects.toMatchObject({ code: 'E_NETWORK', details: { attempts: 4 } });
  expect(seconds()).toBeLessThan(3);
});

test('keys that S3 was too busy to delete are sent again, and only those', async () => {
  const failed = (key: string, code: string) => `<Error><Key>docs/${key}</Key><Code>${code}</Code></Error>`;
  const { endpoint, requests } = await stubAws((_, response, number) => {
    const errors =
      number === 1 ? [failed('a', 'AccessDenied'), failed('c', 'SlowDown'), failed('d', 'InternalError')] : [];
    answerXml(response, 200, `<DeleteResult>${errors.join('')}</DeleteResult>`);
  });
  const { store, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
  const failures = await play(store.remove(['a', 'b', 'c', 'd'].map((key) => ({ key, etag: key }))));
  expect(failures).toMatchObject([{ key: 'a', code: 'AccessDenied' }]);
  expect(requests.map(({ body }) => [...body.matchAll(/<Key>docs\/(.)/g)].map(([, key]) => key).join(''))).toEqual([
    'abcd',
    'cd',
  ]);
});

test('an answer that is no XML is judged by its status', async () => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    if (number > 2) return answerXml(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
    response.writeHead(502, { 'content-type': 'text/html' });
    response.end('<html><hr>bad gateway</html>');
  });
  const { store, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
  expect(await play(store.read('a'))).toBeUndefined();
  expect(requests).toHaveLength(3);
});

test('a 200 that holds an error is none', async () => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    const error = '<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>';
    const copied = '<CopyObjectResult><ETag>"e2"</ETag></CopyObjectResult>';
    answerXml(response, 200, number < 3 ? error : copied);
  });
  const { store, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
  const rewrite = { key: 'a', etag: 'e1', sha256: '', headers: {}, size: 1 };
  expect(await play(store.rewriteHeaders(rewrite))).toMatchObject({ kind: 'written', etag: 'e2' });
  expect(requests).toHaveLength(3);
});

test('a clock that is hours behind is set by the server’s', async () => {
  const { store, play } = await openAdapters({ skewMs: 3 * 3_600_000 });
  expect(await play(store.put(makePut('a.html', 'a')))).toMatchObject({ kind: 'written' });
});

const listOf = (key: string): string =>
  `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>docs/${key}</Key><ETag>e</ETag><Size>1</Size></Contents>`;

test.each([
  ['holds an error', '<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>'],
  ['ends in the middle', listOf('b')],
])('a LIST that %s although it is a 200 is asked for again', async (_, first) => {
  const { endpoint, requests } = await stubAws((_, response, number) => {
    answerXml(response, 200, number < 3 ? first : `${listOf('a')}</ListBucketResult>`);
  });
  const { store, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
  expect(await play(store.list(everything))).toMatchObject([{ key: 'a', etag: 'e', size: 1 }]);
  expect(requests).toHaveLength(3);
});
