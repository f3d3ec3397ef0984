import { describe, expect, test } from 'vitest';
import { probeConditionalWrites } from '../../src/aws/s3/probe-conditional-writes.ts';
import { makePut } from './make-put.ts';
import { openAdapters } from './open-adapters.ts';
import { answerXml, localOf, type StubRequest, stubAws } from './stub-aws.ts';

const key = '.cdnpub/channels/live/lock.json';

describe('whether a store honours conditional writes is found out', () => {
  test('it does; nothing is left of the question', async () => {
    const { store, play } = await openAdapters();
    expect(await play(probeConditionalWrites(store, key))).toBe(true);
    expect(await store.head(key)).toBeUndefined();
  });

  test('it does, where an earlier question was left over', async () => {
    const { store, play } = await openAdapters();
    await play(store.put(makePut(key, 'left over')));
    expect(await play(probeConditionalWrites(store, key))).toBe(true);
  });

  test.each(['before', 'after'] as const)('it does, though replies are lost %s', async (reset) => {
    const { store, play, setFaults } = await openAdapters();
    await store.list({ after: undefined, through: undefined });
    await setFaults([
      { match: { op: 'PutObject' }, times: 1, do: { reset } },
      { match: { op: 'PutObject' }, skip: 1, times: 1, do: { reset } },
    ]);
    expect(await play(probeConditionalWrites(store, key))).toBe(true);
  });

  test.each([
    ['it takes no notice', () => ({ status: 200, body: '<DeleteResult></DeleteResult>' })],
    ['it answers 501', ({ headers }: StubRequest) => notImplemented(headers['if-none-match'])],
  ])('%s', async (_, answer) => {
    const { endpoint } = await stubAws((request, response) => {
      const { status, body } = answer(request);
      response.setHeader('etag', '"e"');
      answerXml(response, status, body);
    });
    const { store, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
    expect(await play(probeConditionalWrites(store, key))).toBe(false);
  });

  test('what it may not write is no answer', async () => {
    const { store, play, setFaults } = await openAdapters();
    await setFaults([{ match: { op: 'PutObject' }, do: { status: 403, code: 'AccessDenied' } }]);
    await expect(play(probeConditionalWrites(store, key))).rejects.toMatchObject({ code: 'E_PERMISSION' });
  });
});

const notImplemented = (condition: string | undefined) =>
  condition === undefined
    ? { status: 200, body: '' }
    : { status: 501, body: '<Error><Code>NotImplemented</Code><Message>A header is not implemented</Message></Error>' };

test('without them no write carries a condition', async () => {
  const { endpoint, requests } = await stubAws((_, response) => {
    response.setHeader('etag', '"e"');
    answerXml(response, 200, '<DeleteResult></DeleteResult>');
  });
  const { store, context, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
  await play(store.put(makePut('a.html', 'a')));
  await play(store.remove([{ key: 'a.html', etag: 'e' }]));
  expect(requests[0]?.headers).toHaveProperty('if-none-match', '*');
  expect(requests[1]?.body).toContain('<ETag>');
  context.conditions.honoured = false;
  await play(store.put(makePut('a.html', 'a')));
  await play(store.put(makePut('a.html', 'a', { condition: { kind: 'matches', etag: 'e' } })));
  await play(store.remove([{ key: 'a.html', etag: 'e' }]));
  for (const { headers, body } of requests.slice(2)) {
    expect(headers).not.toHaveProperty('if-none-match');
    expect(headers).not.toHaveProperty('if-match');
    expect(body).not.toContain('ETag');
  }
  expect(requests).toHaveLength(5);
});
