import {
  CreateDistributionCommand,
  CreateInvalidationCommand,
  type DistributionConfig,
  GetDistributionCommand,
  GetInvalidationCommand,
  ListInvalidationsCommand,
  waitUntilInvalidationCompleted,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { known, refusal, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
let site: string;
let tagged: string;

beforeAll(async () => {
  at = await startTestCloud();
  tagged = await create({ CacheTagConfig: { HeaderName: 'x-amz-meta-cache-tag' } });
});
beforeEach(async () => {
  site = await create({});
});
afterAll(() => at.close());

async function create(changes: Partial<DistributionConfig>): Promise<string> {
  const DistributionConfig = siteConfig(changes);
  const { Distribution } = await at.client.send(new CreateDistributionCommand({ DistributionConfig }));
  return known(Distribution?.Id);
}

let references = 0;

async function invalidate(Items: readonly string[], reference?: string, DistributionId = site) {
  references += 1;
  const CallerReference = reference ?? `call-${references}`;
  const Paths = { Quantity: Items.length, Items: [...Items] };
  return at.client.send(
    new CreateInvalidationCommand({ DistributionId, InvalidationBatch: { CallerReference, Paths } }),
  );
}

test('is InProgress and some time later Completed', async () => {
  const { Invalidation, Location } = await invalidate(['/index.html', '/assets/*']);
  const Id = known(Invalidation?.Id);
  expect(Id).toMatch(/^I[A-Z0-9]{13}$/);
  expect(Location).toBe(`https://cloudfront.amazonaws.com/2020-05-31/distribution/${site}/invalidation/${Id}`);
  expect(Invalidation).toMatchObject({
    Status: 'InProgress',
    InvalidationBatch: { Paths: { Quantity: 2, Items: ['/index.html', '/assets/*'] } },
  });
  const running = await at.client.send(new GetDistributionCommand({ Id: site }));
  expect(running.Distribution?.InProgressInvalidationBatches).toBe(1);
  at.advance(200);
  const { state } = await waitUntilInvalidationCompleted(
    { client: at.client, maxWaitTime: 5, minDelay: 1 },
    { DistributionId: site, Id },
  );
  expect(state).toBe('SUCCESS');
});

describe('items', () => {
  test.each([
    ['the root', '/', 'accepted'],
    ['everything', '/*', 'accepted'],
    ['a file', '/a/b.html', 'accepted'],
    ['a query string', '/a?b=c&d=e', 'accepted'],
    ['a star in the middle', '/a*b', 'accepted'],
    ['an escape', '/caf%C3%A9', 'accepted'],
    ['an escaped tilde', '/%7Eme', 'accepted'],
    ['reserved characters as they are', "/a!$&'()+,;=:@-_.b", 'accepted'],
    ['4,000 characters', `/${'a'.repeat(3999)}`, 'accepted'],
    ['4,001 characters', `/${'a'.repeat(4000)}`, 'InvalidArgument 400'],
    ['no leading slash', 'a.html', 'InvalidArgument 400'],
    ['an empty path', '', 'InvalidArgument 400'],
    ['a tilde', '/~me', 'InvalidArgument 400'],
    ['a letter beyond ASCII', '/café', 'InvalidArgument 400'],
    ['a space', '/a b', 'InvalidArgument 400'],
    ['a bracket', '/[slug]', 'InvalidArgument 400'],
    ['a fragment', '/a#b', 'InvalidArgument 400'],
    ['half an escape', '/a%2', 'InvalidArgument 400'],
    ['a tag where none are read', '#page', 'InvalidArgument 400'],
  ])('%s', async (_, item, code) => {
    expect(await refusal(invalidate([item]))).toBe(code);
  });

  test.each([
    ['a tag', '#page', 'accepted'],
    ['a tag of 256 characters', `#${'t'.repeat(256)}`, 'accepted'],
    ['a tag of 257 characters', `#${'t'.repeat(257)}`, 'InvalidArgument 400'],
    ['a tag with a comma', '#a,b', 'InvalidArgument 400'],
    ['a tag with a space', '#a b', 'InvalidArgument 400'],
    ['an empty tag', '#', 'InvalidArgument 400'],
  ])('%s, where tags are read', async (_, item, code) => {
    expect(await refusal(invalidate(['/a', item], undefined, tagged))).toBe(code);
  });

  test('none at all', async () => {
    expect(await refusal(invalidate([]))).toBe('InvalidArgument 400');
  });

  test('a quantity that is wrong', async () => {
    const InvalidationBatch = { CallerReference: 'wrong', Paths: { Quantity: 2, Items: ['/a'] } };
    const call = at.client.send(new CreateInvalidationCommand({ DistributionId: site, InvalidationBatch }));
    expect(await refusal(call)).toBe('InconsistentQuantities 400');
  });
});

describe('limits', () => {
  const paths = (count: number) => Array.from({ length: count }, (_, index) => `/p${index}`);
  const wildcards = (count: number) => paths(count).map((path) => `${path}/*`);

  test.each([
    ['3,000 paths', () => paths(3000), 'accepted'],
    ['3,001 paths', () => paths(3001), 'BatchTooLarge 413'],
    ['15 wildcards', () => wildcards(15), 'accepted'],
    ['16 wildcards', () => wildcards(16), 'TooManyInvalidationsInProgress 400'],
  ])('%s at once', async (_, items, code) => {
    expect(await refusal(invalidate(items()))).toBe(code);
  });

  test('what is in progress counts, and what is completed does not', async () => {
    await invalidate(paths(2999));
    await invalidate(wildcards(15));
    expect(await refusal(invalidate(['/one']))).toBe('accepted');
    expect(await refusal(invalidate(['/more']))).toBe('TooManyInvalidationsInProgress 400');
    expect(await refusal(invalidate(['/more/*']))).toBe('TooManyInvalidationsInProgress 400');
    at.advance(200);
    expect(await refusal(invalidate(['/more', '/more/*']))).toBe('accepted');
  });

  test('each distribution has its own', async () => {
    await invalidate(wildcards(15));
    expect(await refusal(invalidate(['/*'], undefined, tagged))).toBe('accepted');
  });
});

describe('caller references', () => {
  test('the same one with the same paths is the earlier invalidation', async () => {
    const first = await invalidate(['/a', '/b'], 'retried');
    at.advance(1000);
    const second = await invalidate(['/a', '/b'], 'retried');
    expect(second.Invalidation?.Id).toBe(first.Invalidation?.Id);
    expect(second.Invalidation?.Status).toBe('Completed');
    const { InvalidationList } = await at.client.send(new ListInvalidationsCommand({ DistributionId: site }));
    expect(InvalidationList?.Quantity).toBe(1);
  });

  test('the same one with other paths is refused', async () => {
    await invalidate(['/a'], 'reused');
    expect(await refusal(invalidate(['/b'], 'reused'))).toBe('InvalidationBatchAlreadyExists 400');
  });
});

describe('reading', () => {
  test('the newest come first, in pages', async () => {
    for (const path of ['/1', '/2', '/3']) await invalidate([path], path);
    const ids: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const { InvalidationList } = await at.client.send(
        new ListInvalidationsCommand({ DistributionId: site, MaxItems: 2, Marker }),
      );
      ids.push(...(InvalidationList?.Items ?? []).map((item) => item.Id));
      Marker = InvalidationList?.NextMarker;
    } while (Marker !== undefined);
    const read = async (Id: string | undefined) =>
      (await at.client.send(new GetInvalidationCommand({ DistributionId: site, Id }))).Invalidation?.InvalidationBatch;
    expect(await Promise.all(ids.map(async (id) => (await read(id))?.CallerReference))).toEqual(['/3', '/2', '/1']);
  });

  test('what does not exist', async () => {
    const none = at.client.send(new GetInvalidationCommand({ DistributionId: site, Id: 'INOTHING' }));
    expect(await refusal(none)).toBe('NoSuchInvalidation 404');
    expect(await refusal(invalidate(['/a'], undefined, 'ENOTHING'))).toBe('NoSuchDistribution 404');
  });
});
