import { HeadObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { rawRequest } from './front/raw-request.ts';
import { type LocalSite, openSite } from './open-site.ts';
import { codeOf } from './s3/local-s3.ts';

let site: LocalSite;
afterEach(() => site.stop());

describe('the clock over the control port', () => {
  beforeEach(async () => {
    site = await openSite();
  });
  const read = async (query = '') => JSON.parse((await site.control('GET', `/_cdnpub/clock${query}`)).text) as unknown;
  const told = () => ({ now: site.clock.now(), server: site.clock.now() });

  test('is read and moved', async () => {
    const before = site.clock.now();
    expect(await read()).toEqual(told());
    const answer = await site.control('PUT', '/_cdnpub/clock', { advanceMs: 1500 });
    expect([JSON.parse(answer.text), site.clock.now()]).toEqual([told(), before + 1500]);
  });

  test('tells a time when it has come', async () => {
    const due = site.clock.now() + 1000;
    let answered = false;
    const waiting = read(`?until=${due}`).then((answer) => {
      answered = true;
      return answer;
    });
    while (site.clock.nextAt() !== due) await new Promise(setImmediate);
    await site.clock.advance(999);
    expect(answered).toBe(false);
    await site.clock.advance(1);
    expect(await waiting).toEqual(told());
    expect(await read(`?until=${due}`)).toEqual(told());
  });

  test('forgets who has gone', async () => {
    const giveUp = new AbortController();
    const port = new URL(site.cloud.endpoint).port;
    const url = `http://127.0.0.1:${port}/_cdnpub/clock?until=${site.clock.now() + 1000}`;
    const waiting = fetch(url, { signal: giveUp.signal }).catch(() => 'gone');
    while (site.clock.nextAt() === undefined) await new Promise(setImmediate);
    giveUp.abort();
    expect(await waiting).toBe('gone');
    while (site.clock.nextAt() !== undefined) await new Promise(setImmediate);
  });

  test.each([
    ['PUT', '/_cdnpub/clock', {}, 400],
    ['PUT', '/_cdnpub/clock', { advanceMs: -1 }, 400],
    ['PUT', '/_cdnpub/clock', { advanceMs: '1' }, 400],
    ['GET', '/_cdnpub/clock?until=noon', undefined, 400],
    ['DELETE', '/_cdnpub/clock', undefined, 405],
  ] as const)('%s %s %j is answered %i', async (method, path, body, status) => {
    expect((await site.control(method, path, body)).status).toBe(status);
  });

  test('is not there where it is nobody’s to move', async () => {
    const cloud = await startLocalCloud();
    const answer = await rawRequest({ port: Number(new URL(cloud.endpoint).port), path: '/_cdnpub/clock' });
    await cloud.close();
    expect(answer.status).toBe(404);
  });
});

describe('a server whose clock is apart', () => {
  test.each([-600_000, 600_000])('by %i ms stamps by its own', async (skewMs) => {
    site = await openSite({ skewMs });
    await site.put('a.html', 'a');
    const head = await site.s3.send(new HeadObjectCommand({ Bucket: 'site', Key: 'a.html' }));
    const server = Math.floor((site.clock.now() + skewMs) / 1000) * 1000;
    expect(head.LastModified?.getTime()).toBe(server);
    const answer = await site.control('GET', '/_cdnpub/clock');
    expect(Date.parse(answer.headers.date ?? '')).toBe(server);
    expect(JSON.parse(answer.text)).toEqual({ now: site.clock.now(), server: site.clock.now() + skewMs });
    expect((await site.visit(0, '/a.html')).text).toBe('a');
  });

  test('by more than 15 minutes turns signatures away', async () => {
    site = await openSite();
    await site.clock.advance(16 * 60_000);
    const put = site.s3.send(new PutObjectCommand({ Bucket: 'site', Key: 'a', Body: 'a' }));
    expect(await codeOf(put)).toBe('403 RequestTimeTooSkewed');
  });
});

describe('a write to S3 that lands when its client has given up', () => {
  beforeEach(async () => {
    site = await openSite();
  });
  const write = (Body: string, input: Partial<PutObjectCommandInput> = {}) =>
    site.s3.send(new PutObjectCommand({ Bucket: 'site', Key: 'k', Body, ...input }));
  const remove = async () => {
    const { DeleteObjectCommand } = await import('@aws-sdk/client-s3');
    await site.s3.send(new DeleteObjectCommand({ Bucket: 'site', Key: 'k' }));
  };
  const text = async () => {
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const got = site.s3.send(new GetObjectCommand({ Bucket: 'site', Key: 'k' }));
    return got.then(({ Body }) => Body?.transformToString()).catch((error: Error) => error.name);
  };

  const rows: [string, string, Partial<PutObjectCommandInput>, () => Promise<unknown>, string, number][] = [
    ['without a condition, over a newer one', 'old', {}, () => write('new'), 'late', 200],
    ['if the object is as it was', 'old', { IfMatch: 'old' }, async () => {}, 'late', 200],
    ['if it was changed', 'old', { IfMatch: 'old' }, () => write('new'), 'new', 409],
    [
      'if it was changed and is back',
      'old',
      { IfMatch: 'old' },
      () => write('new').then(() => write('old')),
      'late',
      200,
    ],
    ['if it was deleted', 'old', { IfMatch: 'old' }, () => remove(), 'NoSuchKey', 404],
    ['on nothing, where there is still nothing', '', { IfNoneMatch: '*' }, async () => {}, 'late', 200],
    ['on nothing, where there is something now', '', { IfNoneMatch: '*' }, () => write('new'), 'new', 409],
  ];
  test.each(rows)('%s', async (_, before, condition, meanwhile, after, status) => {
    const etag = before === '' ? undefined : (await write(before)).ETag;
    await site.faults.setFaults([{ match: { op: 'PutObject' }, times: 1, do: { land: 60_000 } }]);
    const conditions = { ...condition, ...('IfMatch' in condition ? { IfMatch: etag } : {}) };
    await expect(write('late', conditions)).rejects.toThrow(/hang up|ECONNRESET/);
    await meanwhile();
    await site.clock.advance(60_000);
    expect(await landed()).toBe(status);
    expect(await text()).toBe(after);
  });

  /** The status that the late write came to. */
  async function landed(): Promise<number | undefined> {
    for (;;) {
      const { text: log } = await site.control('GET', '/_cdnpub/requests');
      const { requests } = JSON.parse(log) as { requests: { fault?: string; status: number }[] };
      const found = requests.find(({ fault }) => fault === 'landed');
      if (found !== undefined) return found.status;
    }
  }
});
