import { describe, expect, test } from 'vitest';
import { desiredFields } from '../../src/plan/infrastructure/distribution-fields.ts';
import { cachePolicy } from '../../src/plan/infrastructure/shared-policies.ts';
import type { FaultRule } from '../support/faults.ts';
import { makeTarget } from '../support/make-target.ts';
import { type Adapters, openAdapters } from './open-adapters.ts';
import { answerXml, localOf, stubAws } from './stub-aws.ts';

const busy = { status: 503, code: 'ServiceUnavailable' } as const;

/** A site's function, store and distribution, made by our own steps. */
async function makeCdn({ cdn, play }: Adapters) {
  const store = await play(cdn.run({ kind: 'createStore', name: 'docs-store', load: null }, {}));
  const step = { name: 'docs-request', code: 'function handler(event) { return event.request; }', samples: ['/'] };
  const storeArn = store['store.arn'] ?? '';
  const made = await play(cdn.run({ kind: 'createFunction', role: 'request', ...step, storeArn }, {}));
  const oac = await play(cdn.run({ kind: 'createOac', name: 'docs' }, {}));
  const cache = await play(
    cdn.run({ kind: 'createCachePolicy', name: 'docs-cache', content: cachePolicy, makes: 'cachePolicy.id' }, {}),
  );
  const content = { set: { 'x-content-type-options': 'nosniff' }, remove: [] };
  const policy = await play(cdn.run({ kind: 'createHeadersPolicy', name: 'docs-headers', content }, {}));
  const resolved = { ...store, ...made, ...oac, ...cache, ...policy };
  const origins = { Origins: '', CacheBehaviors: '' };
  const site = { target: makeTarget(), notFoundKey: '404.html', origins };
  const fields = desiredFields({ ...site, resolved, responseFunction: '' });
  const create = {
    kind: 'createDistribution',
    callerReference: 'docs-1',
    comment: 'cdnpub docs',
    fields,
    secrets: {},
  } as const;
  return { step, storeArn, create, resolved };
}

async function openWithDistribution() {
  const adapters = await openAdapters();
  const { create, resolved, ...rest } = await makeCdn(adapters);
  const made = await adapters.play(adapters.cdn.run(create, resolved));
  await adapters.asked();
  return { ...adapters, ...rest, id: made['distribution.id'] ?? '' };
}

describe('an invalidation', () => {
  test.each<readonly [string, FaultRule['do'], number]>([
    ['nine 503s', busy, 9],
    ['twenty 503s', busy, 20],
    ['"Rate exceeded"', { status: 400, code: 'Throttling' }, 9],
    ['lost replies', { reset: 'after' }, 3],
  ])('is made once through %s', async (_, action, times) => {
    const { cdn, play, id, setFaults, asked } = await openWithDistribution();
    await setFaults([{ match: { op: 'CreateInvalidation' }, times, do: action }]);
    const made = await play(cdn.invalidate(id, ['/a', '/b'], 'call-1'));
    expect(await asked()).toEqual(Array(times + 1).fill('CreateInvalidation'));
    expect(await play(cdn.invalidate(id, ['/a', '/b'], 'call-1'))).toEqual(made);
  });

  test('waits while too many are in progress', async () => {
    const { cdn, play, id, setFaults, asked, seconds } = await openWithDistribution();
    const tooMany = { status: 400, code: 'TooManyInvalidationsInProgress' };
    await setFaults([{ match: { op: 'CreateInvalidation' }, times: 6, do: tooMany }]);
    const start = seconds();
    await play(cdn.invalidate(id, ['/a'], 'call-1'));
    expect(seconds() - start).toBeGreaterThan(20);
    expect(await asked()).toEqual(Array(7).fill('CreateInvalidation'));
  });

  test('whose reference is used for other paths is an error', async () => {
    const { cdn, play, id, asked } = await openWithDistribution();
    await play(cdn.invalidate(id, ['/a'], 'call-1'));
    await asked();
    await expect(play(cdn.invalidate(id, ['/other'], 'call-1'))).rejects.toMatchObject({ code: 'E_SERVICE' });
    expect(await asked()).toEqual(['CreateInvalidation', 'ListInvalidations', 'GetInvalidation']);
  });
});

/** A CloudFront that refuses every new invalidation and has two of them. */
async function openRefusing(code: string, message: string) {
  const { endpoint, requests } = await stubAws(({ method, url }, response) => {
    const id = /invalidation\/(I\d)/.exec(url)?.[1];
    if (method === 'POST') answerXml(response, 400, errorXml(code, message));
    else answerXml(response, 200, id === undefined ? listXml : invalidationXml(id));
  });
  const adapters = await openAdapters({ connect: { local: localOf(endpoint) } });
  return { ...adapters, posts: () => requests.filter(({ method }) => method === 'POST').length };
}

const errorXml = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;

const summary = (id: string, status: string) =>
  `<InvalidationSummary><Id>${id}</Id><CreateTime>2026-01-01T00:00:00Z</CreateTime><Status>${status}</Status></InvalidationSummary>`;

const listXml = `<InvalidationList><Marker/><MaxItems>100</MaxItems><IsTruncated>false</IsTruncated><Quantity>3</Quantity>
<Items>${summary('I3', 'InProgress')}${summary('I2', 'InProgress')}${summary('I1', 'Completed')}</Items></InvalidationList>`;

const invalidationXml = (id: string) =>
  `<Invalidation><Id>${id}</Id><Status>InProgress</Status><CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch>
<Paths><Quantity>1</Quantity><Items><Path>/caf%C3%A9</Path></Items></Paths><CallerReference>call-${id}</CallerReference>
</InvalidationBatch></Invalidation>`;

test.each([
  ['InvalidationBatchAlreadyExists', 'The caller reference that you are using to create the invalidation exists.'],
  ['InvalidArgument', 'Your request contains a caller reference that was used for a previous invalidation batch.'],
])('an invalidation that is there already is found by its reference: %s', async (code, message) => {
  const { cdn, play, posts } = await openRefusing(code, message);
  expect(await play(cdn.invalidate('E1', ['/café'], 'call-I2'))).toEqual({ id: 'I2', completed: false });
  expect(posts()).toBe(1);
  await expect(play(cdn.invalidate('E1', ['/b'], 'call-I2'))).rejects.toMatchObject({ code: 'E_SERVICE' });
  await expect(play(cdn.invalidate('E1', ['/b'], 'call-I9'))).rejects.toMatchObject({ code: 'E_SERVICE' });
});

test('any other InvalidArgument stands', async () => {
  const { cdn, play } = await openRefusing('InvalidArgument', 'Your request contains invalid invalidation paths.');
  await expect(play(cdn.invalidate('E1', ['/caf%C3%A9'], 'call-I2'))).rejects.toMatchObject({ code: 'E_SERVICE' });
});

test('an invalidation that never finds room names those that are in the way', async () => {
  const { cdn, play, posts, seconds } = await openRefusing('TooManyInvalidationsInProgress', 'Too many.');
  await expect(play(cdn.invalidate('E1', ['/a'], 'call-1'))).rejects.toMatchObject({
    code: 'E_THROTTLED',
    message: expect.stringMatching(/cloudfront:CreateInvalidation.*tried \d+ times in 2\d\d.* s; in progress: I3, I2$/),
    details: { inProgress: ['I3', 'I2'] },
  });
  expect(seconds()).toBeLessThan(301);
  expect(posts()).toBeLessThan(60);
});

describe('a change whose reply was lost is done', () => {
  test.each([
    'CreateKeyValueStore',
    'CreateFunction',
    'PublishFunction',
    'CreateOriginAccessControl',
    'CreateCachePolicy',
    'CreateResponseHeadersPolicy',
    'CreateDistributionWithTags',
  ])('%s', async (op) => {
    const adapters = await openAdapters();
    await adapters.store.list({ after: undefined, through: undefined });
    await adapters.setFaults([{ match: { op }, times: 2, do: { reset: 'after' } }]);
    const { create, resolved } = await makeCdn(adapters);
    const made = await adapters.play(adapters.cdn.run(create, resolved));
    expect(made['distribution.id']).toMatch(/^E/);
    expect((await adapters.asked()).filter((asked) => asked === op).length).toBeGreaterThan(1);
  });

  test('UpdateFunction', async () => {
    const { cdn, play, step, storeArn, setFaults } = await openWithDistribution();
    await setFaults([{ match: { op: 'UpdateFunction' }, times: 1, do: { reset: 'after' } }]);
    const code = 'function handler(event) { return event.request; } // 2';
    await play(cdn.run({ kind: 'updateFunction', role: 'request', ...step, code, storeArn, when: 'edge' }, {}));
  });

  test('UpdateDistribution', async () => {
    const { cdn, play, id, setFaults, asked } = await openWithDistribution();
    await setFaults([{ match: { op: 'UpdateDistribution' }, times: 1, do: { reset: 'after' } }]);
    const changes = [{ field: 'HttpVersion', from: 'http2and3', to: 'http2' }] as const;
    await play(cdn.run({ kind: 'updateDistribution', id, changes, secrets: {}, when: 'edge', wait: false }, {}));
    expect(await asked()).toEqual([
      ...['GetDistributionConfig', 'UpdateDistribution', 'UpdateDistribution', 'GetDistributionConfig'],
    ]);
  });
});

test('a distribution that somebody else changed meanwhile is stale, lost replies or not', async () => {
  const { endpoint } = await stubAws(({ method }, response, number) => {
    response.setHeader('etag', `E${number}`);
    if (number === 2) response.socket?.destroy();
    else if (method === 'PUT') answerXml(response, 412, errorXml('PreconditionFailed', 'It changed.'));
    else
      answerXml(
        response,
        200,
        '<DistributionConfig><Enabled>true</Enabled><HttpVersion>http1.1</HttpVersion></DistributionConfig>',
      );
  });
  const { cdn, play } = await openAdapters({ connect: { local: localOf(endpoint) } });
  const changes = [{ field: 'HttpVersion', from: 'http2and3', to: 'http2' }] as const;
  await expect(
    play(cdn.run({ kind: 'updateDistribution', id: 'E1', changes, secrets: {}, when: 'edge', wait: false }, {})),
  ).rejects.toMatchObject({
    code: 'E_STALE',
  });
});
