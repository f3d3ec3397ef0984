import { CreateDistributionCommand, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Changes, checkRules, defaultBehavior, listOf } from './rule-table.ts';
import { account, s3Origin, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const errors = (...items: unknown[]): Changes => ({ CustomErrorResponses: listOf(...items) });
const certificate = {
  ACMCertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/abc`,
  SSLSupportMethod: 'sni-only',
  MinimumProtocolVersion: 'TLSv1.2_2021',
};
const elsewhere = { ACMCertificateArn: `arn:aws:acm:eu-west-1:${account}:certificate/abc` };
const aliases = (names: readonly string[], changes: object = {}): Changes => ({
  Aliases: listOf(...names),
  ViewerCertificate: { ...certificate, ...changes },
});
const hundredAndOne = Array.from({ length: 101 }, (_, index) => `n${index}.example.com`);

checkRules(() => at, {
  members: [
    ['a good config', () => ({}), 'accepted'],
    ['no Comment', () => ({ Comment: undefined }), 'MalformedXML 400'],
    ['an empty Comment', () => ({ Comment: '' }), 'accepted'],
    ['Comment of 129 characters', () => ({ Comment: 'c'.repeat(129) }), 'InvalidArgument 400'],
    ['no Enabled', () => ({ Enabled: undefined }), 'MalformedXML 400'],
    ['no CallerReference', () => ({ CallerReference: undefined }), 'MalformedXML 400'],
    ['no Origins', () => ({ Origins: undefined }), 'MalformedXML 400'],
    ['no DefaultCacheBehavior', () => ({ DefaultCacheBehavior: undefined }), 'MalformedXML 400'],
    ['no ViewerProtocolPolicy', () => defaultBehavior({ ViewerProtocolPolicy: undefined }), 'MalformedXML 400'],
    ['an origin without Id', () => ({ Origins: listOf({ ...s3Origin(), Id: undefined }) }), 'MalformedXML 400'],
    ['a word that is no PriceClass', () => ({ PriceClass: 'PriceClass_1' }), 'MalformedXML 400'],
    ['a word that is no HttpVersion', () => ({ HttpVersion: 'http4' }), 'MalformedXML 400'],
  ],
  quantities: [
    ['of origins', () => ({ Origins: { Quantity: 2, Items: [s3Origin()] } }), 'InconsistentQuantities 400'],
    ['of aliases without items', () => ({ Aliases: { Quantity: 1 } }), 'InconsistentQuantities 400'],
    [
      'of methods within a behavior',
      () => defaultBehavior({ AllowedMethods: { Quantity: 3, Items: ['GET', 'HEAD'] } }),
      'InconsistentQuantities 400',
    ],
  ],
  'default root object': [
    ['in a folder', () => ({ DefaultRootObject: 'a/index.html' }), 'accepted'],
    ['with leading slash', () => ({ DefaultRootObject: '/index.html' }), 'InvalidDefaultRootObject 400'],
    ['too long', () => ({ DefaultRootObject: 'a'.repeat(256) }), 'InvalidDefaultRootObject 400'],
    ['with a space', () => ({ DefaultRootObject: 'index page.html' }), 'InvalidDefaultRootObject 400'],
    ['none', () => ({ DefaultRootObject: '' }), 'accepted'],
  ],
  'custom error responses': [
    [
      'page and code',
      () => errors({ ErrorCode: 404, ResponsePagePath: '/404.html', ResponseCode: '404', ErrorCachingMinTTL: 0 }),
      'accepted',
    ],
    ['only a caching time', () => errors({ ErrorCode: 500, ErrorCachingMinTTL: 5 }), 'accepted'],
    ['page without code', () => errors({ ErrorCode: 404, ResponsePagePath: '/404.html' }), 'InvalidArgument 400'],
    ['code without page', () => errors({ ErrorCode: 404, ResponseCode: '200' }), 'InvalidArgument 400'],
    ['for 418', () => errors({ ErrorCode: 418 }), 'InvalidErrorCode 400'],
    [
      'answered with 302',
      () => errors({ ErrorCode: 404, ResponsePagePath: '/a', ResponseCode: '302' }),
      'InvalidResponseCode 400',
    ],
    [
      'page without slash',
      () => errors({ ErrorCode: 404, ResponsePagePath: '404.html', ResponseCode: '404' }),
      'InvalidRelativePath 400',
    ],
    ['two for one code', () => errors({ ErrorCode: 404 }, { ErrorCode: 404 }), 'InvalidErrorCode 400'],
  ],
  'aliases and certificates': [
    ['alias with certificate', () => aliases(['one.example.com']), 'accepted'],
    ['alias without', () => ({ Aliases: listOf('two.example.com') }), 'InvalidViewerCertificate 400'],
    ['alias of another distribution', () => aliases(['ONE.example.com']), 'CNAMEAlreadyExists 409'],
    ['certificate of another region', () => aliases(['two.example.com'], elsewhere), 'InvalidViewerCertificate 400'],
    [
      'two certificates',
      () => aliases(['two.example.com'], { CloudFrontDefaultCertificate: true }),
      'InvalidViewerCertificate 400',
    ],
    [
      'no SSLSupportMethod',
      () => aliases(['two.example.com'], { SSLSupportMethod: undefined }),
      'InvalidViewerCertificate 400',
    ],
    [
      'an unknown protocol',
      () => aliases(['two.example.com'], { MinimumProtocolVersion: 'TLSv9' }),
      'InvalidMinimumProtocolVersion 400',
    ],
    ['what is no host name', () => aliases(['two_example']), 'InvalidArgument 400'],
    ['a wildcard', () => aliases(['*.wild.example.com']), 'accepted'],
    ['101', () => aliases(hundredAndOne), 'TooManyDistributionCNAMEs 400'],
  ],
});

describe('sentences', () => {
  test.each([
    [
      'a missing member is named as AWS names it',
      { Comment: undefined },
      "Value null at 'distributionConfig.comment' failed to satisfy constraint: Member must not be null",
    ],
    [
      'at any depth',
      { Origins: listOf({ ...s3Origin(), DomainName: undefined }) },
      "'distributionConfig.origins.items.1.member.domainName'",
    ],
    [
      'an S3 origin elsewhere',
      { Origins: listOf(s3Origin({ DomainName: 'example.com' })) },
      'The parameter Origin DomainName does not refer to a valid S3 bucket.',
    ],
  ])('%s', async (_, changes, sentence) => {
    const DistributionConfig = { ...siteConfig(), ...changes } as DistributionConfig;
    const created = at.client.send(new CreateDistributionCommand({ DistributionConfig }));
    await expect(created).rejects.toThrow(sentence);
  });
});
