import {
  CreateDistributionWithTagsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, createSite, known, refusal, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

describe('tags', () => {
  const tagsOf = async (arn: string) => {
    const { Tags } = await at.client.send(new ListTagsForResourceCommand({ Resource: arn }));
    return Object.fromEntries((Tags?.Items ?? []).map((tag) => [tag.Key, tag.Value]));
  };

  test('from the start, added, replaced and removed', async () => {
    const { Distribution } = await at.client.send(
      new CreateDistributionWithTagsCommand({
        DistributionConfigWithTags: {
          DistributionConfig: siteConfig(),
          Tags: { Items: [{ Key: 'site', Value: 'docs' }] },
        },
      }),
    );
    const arn = known(Distribution?.ARN);
    expect(await tagsOf(arn)).toEqual({ site: 'docs' });
    const Items = [
      { Key: 'site', Value: 'www' },
      { Key: 'env', Value: '' },
    ];
    await at.client.send(new TagResourceCommand({ Resource: arn, Tags: { Items } }));
    expect(await tagsOf(arn)).toEqual({ site: 'www', env: '' });
    await at.client.send(new UntagResourceCommand({ Resource: arn, TagKeys: { Items: ['site', 'none'] } }));
    expect(await tagsOf(arn)).toEqual({ env: '' });
  });

  test.each([
    ['a key of AWS', [{ Key: 'aws:x', Value: '' }]],
    ['a character that is not allowed', [{ Key: 'a?', Value: '' }]],
    ['a key that is too long', [{ Key: 'k'.repeat(129), Value: '' }]],
    ['more than 50', Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }))],
  ])('%s is InvalidTagging', async (_, Items) => {
    const { arn } = await createSite(at.client);
    const tagged = at.client.send(new TagResourceCommand({ Resource: arn, Tags: { Items } }));
    expect(await refusal(tagged)).toBe('InvalidTagging 400');
  });

  test('what does not exist is NoSuchResource', async () => {
    const Resource = `arn:aws:cloudfront::${account}:distribution/ENOTHING`;
    expect(await refusal(at.client.send(new ListTagsForResourceCommand({ Resource })))).toBe('NoSuchResource 404');
  });
});
