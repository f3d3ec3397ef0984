import {
  CreateDistributionCommand,
  DeleteDistributionCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  ListTagsForResourceCommand,
  UpdateDistributionCommand,
  waitUntilDistributionDeployed,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, known, refusal, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

async function create(config = siteConfig()) {
  const { Distribution, ETag, Location } = await at.client.send(
    new CreateDistributionCommand({ DistributionConfig: config }),
  );
  return {
    id: known(Distribution?.Id),
    etag: known(ETag),
    arn: known(Distribution?.ARN),
    location: Location,
    Distribution,
  };
}

async function read(id: string) {
  const { DistributionConfig, ETag } = await at.client.send(new GetDistributionConfigCommand({ Id: id }));
  if (DistributionConfig === undefined) throw new Error('no config');
  return { config: DistributionConfig, etag: known(ETag) };
}

describe('create', () => {
  test('names follow the rules of the service', async () => {
    const { id, etag, arn, location, Distribution } = await create();
    expect(id).toMatch(/^E[A-Z0-9]{13}$/);
    expect(etag).toMatch(/^E[A-Z0-9]{13}$/);
    expect(arn).toBe(`arn:aws:cloudfront::${account}:distribution/${id}`);
    expect(location).toBe(`https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}`);
    expect(Distribution?.DomainName).toMatch(/^d[a-z0-9]{13}\.localhost$/);
    expect(Distribution?.LastModifiedTime?.getTime()).toBe(at.now());
  });

  test('is InProgress and some time later Deployed', async () => {
    const { id } = await create();
    const status = async () => (await at.client.send(new GetDistributionCommand({ Id: id }))).Distribution?.Status;
    expect(await status()).toBe('InProgress');
    at.advance(299);
    expect(await status()).toBe('InProgress');
    at.advance(1);
    expect(await status()).toBe('Deployed');
    const waited = await waitUntilDistributionDeployed({ client: at.client, maxWaitTime: 5, minDelay: 1 }, { Id: id });
    expect(waited.state).toBe('SUCCESS');
  });

  test('what was left out has its default', async () => {
    const { config } = await read((await create()).id);
    expect(config).toMatchObject({
      Aliases: { Quantity: 0 },
      PriceClass: 'PriceClass_All',
      HttpVersion: 'http2',
      CacheBehaviors: { Quantity: 0 },
      Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
      ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1' },
      DefaultCacheBehavior: {
        Compress: false,
        AllowedMethods: { Quantity: 2, Items: ['HEAD', 'GET'], CachedMethods: { Quantity: 2 } },
      },
    });
    expect(config.Origins?.Items?.[0]).toMatchObject({ OriginPath: '', ConnectionAttempts: 3, ConnectionTimeout: 10 });
    expect(config.Aliases?.Items).toBeUndefined();
  });

  test('the same caller reference again is 409, even for the same config', async () => {
    const config = siteConfig();
    const { id } = await create(config);
    const again = at.client.send(new CreateDistributionCommand({ DistributionConfig: config }));
    await expect(again).rejects.toThrow(`Already exists: ${id}`);
    expect(await refusal(create(config))).toBe('DistributionAlreadyExists 409');
  });
});

describe('update', () => {
  test('replaces the whole config under a new ETag', async () => {
    const { id } = await create(siteConfig({ HttpVersion: 'http2and3' }));
    const before = await read(id);
    at.advance(1000);
    const DistributionConfig = { ...before.config, Comment: 'changed', HttpVersion: 'http2' as const };
    const updated = await at.client.send(
      new UpdateDistributionCommand({ Id: id, IfMatch: before.etag, DistributionConfig }),
    );
    const after = await read(id);
    expect(updated.ETag).toBe(after.etag);
    expect(after.etag).not.toBe(before.etag);
    expect(updated.Distribution?.Status).toBe('InProgress');
    expect(after.config).toEqual(DistributionConfig);
  });

  test.each([
    ['without If-Match', {}, {}, 'InvalidIfMatchVersion 400'],
    ['with what is no ETag', { IfMatch: 'nonsense' }, {}, 'InvalidIfMatchVersion 400'],
    ['with an ETag of another time', { IfMatch: 'E2QWRUHAPOMQZL' }, {}, 'PreconditionFailed 412'],
    ['of the caller reference', undefined, { CallerReference: 'other' }, 'IllegalUpdate 400'],
    ['that leaves out what only updates need', undefined, { Logging: undefined }, 'IllegalUpdate 400'],
    ['that breaks a rule', undefined, { DefaultRootObject: '/index.html' }, 'InvalidDefaultRootObject 400'],
  ])('%s', async (_, match, changes, code) => {
    const { id } = await create();
    const { config, etag } = await read(id);
    const DistributionConfig = { ...config, ...changes } as typeof config;
    const input = { Id: id, DistributionConfig, ...(match ?? { IfMatch: etag }) };
    expect(await refusal(at.client.send(new UpdateDistributionCommand(input)))).toBe(code);
    expect((await read(id)).etag).toBe(etag);
  });

  test('an update that names a stale ETag loses against the one before', async () => {
    const { id } = await create();
    const { config, etag } = await read(id);
    const update = (Comment: string) =>
      at.client.send(
        new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: { ...config, Comment } }),
      );
    await update('first');
    expect(await refusal(update('second'))).toBe('PreconditionFailed 412');
    expect((await read(id)).config.Comment).toBe('first');
  });
});

describe('delete', () => {
  const remove = (id: string, etag: string) => at.client.send(new DeleteDistributionCommand({ Id: id, IfMatch: etag }));

  test('only when disabled and deployed', async () => {
    const { id } = await create();
    const { config, etag } = await read(id);
    at.advance(1000);
    expect(await refusal(remove(id, etag))).toBe('DistributionNotDisabled 409');
    const { ETag } = await at.client.send(
      new UpdateDistributionCommand({ Id: id, IfMatch: etag, DistributionConfig: { ...config, Enabled: false } }),
    );
    expect(await refusal(remove(id, known(ETag)))).toBe('DistributionNotDisabled 409');
    at.advance(1000);
    expect(await refusal(remove(id, etag))).toBe('PreconditionFailed 412');
    expect(await refusal(remove(id, known(ETag)))).toBe('accepted');
    expect(await refusal(at.client.send(new GetDistributionCommand({ Id: id })))).toBe('NoSuchDistribution 404');
  });
});

describe('accounts', () => {
  test('another account sees nothing and may touch nothing', async () => {
    const { id, arn } = await create();
    expect((await at.foreign.send(new ListDistributionsCommand({}))).DistributionList?.Quantity).toBe(0);
    expect(await refusal(at.foreign.send(new GetDistributionCommand({ Id: id })))).toBe('AccessDenied 403');
    expect(await refusal(at.foreign.send(new ListTagsForResourceCommand({ Resource: arn })))).toBe('AccessDenied 403');
  });
});

describe('list', () => {
  test('pages, and a summary has what a search needs', async () => {
    const fresh = await startTestCloud();
    try {
      for (const Comment of ['one', 'two', 'three']) {
        await fresh.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig({ Comment }) }));
      }
      const first = (await fresh.client.send(new ListDistributionsCommand({ MaxItems: 2 }))).DistributionList;
      expect(first).toMatchObject({ IsTruncated: true, Quantity: 2, MaxItems: 2, Marker: '' });
      const rest = await fresh.client.send(new ListDistributionsCommand({ Marker: known(first?.NextMarker) }));
      expect(rest.DistributionList).toMatchObject({ IsTruncated: false, Quantity: 1 });
      const all = [...(first?.Items ?? []), ...(rest.DistributionList?.Items ?? [])];
      expect(all.map((item) => item.Comment).sort()).toEqual(['one', 'three', 'two']);
      expect(all[0]).toMatchObject({ Enabled: true, Aliases: { Quantity: 0 }, Status: 'InProgress' });
      expect(all[0]?.Origins?.Items?.[0]?.DomainName).toBe('bucket.s3.eu-west-1.amazonaws.com');
      const wrong = fresh.client.send(new ListDistributionsCommand({ Marker: 'nowhere' }));
      expect(await refusal(wrong)).toBe('InvalidArgument 400');
    } finally {
      await fresh.close();
    }
  });
});
