import { afterAll, beforeAll } from 'vitest';
import { type Changes, checkRules, createControl, listOf } from './rule-table.ts';
import { customOrigin, s3Origin, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
let s3Control: string;
let lambdaControl: string;
let foreignControl: string;

beforeAll(async () => {
  at = await startTestCloud();
  s3Control = await createControl(at.client, 's3');
  lambdaControl = await createControl(at.client, 'lambda');
  foreignControl = await createControl(at.foreign, 's3');
});
afterAll(() => at.close());

const origins = (...items: unknown[]): Changes => ({ Origins: listOf(...items) });
const s3 = (changes: object): Changes => origins({ ...s3Origin(), ...changes });
const many = (count: number): Changes =>
  origins(...Array.from({ length: count }, (_, index) => s3Origin({ Id: index === 0 ? 'bucket' : `o${index}` })));
const custom = (changes: object): Changes => {
  const CustomOriginConfig = { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only', ...changes };
  return origins(s3Origin(), { ...customOrigin(), CustomOriginConfig });
};
const group = (...members: string[]): Changes => ({
  ...origins(s3Origin(), customOrigin()),
  OriginGroups: listOf({
    Id: 'group',
    FailoverCriteria: { StatusCodes: listOf(503) },
    Members: listOf(...members.map((OriginId) => ({ OriginId }))),
  }),
});
const identity = { OriginAccessIdentity: 'origin-access-identity/cloudfront/E1' };
const website = 'b.s3-website-eu-west-1.amazonaws.com';

checkRules(() => at, {
  origins: [
    ['none', () => origins(), 'InvalidArgument 400'],
    ['25', () => many(25), 'accepted'],
    ['26', () => many(26), 'TooManyOrigins 400'],
    ['two of one Id', () => origins(s3Origin(), s3Origin()), 'InvalidArgument 400'],
    ['neither S3 nor custom', () => s3({ S3OriginConfig: undefined }), 'InvalidOrigin 400'],
    ['both S3 and custom', () => origins({ ...customOrigin(), ...s3Origin() }), 'InvalidOrigin 400'],
    ['S3 at a website end point', () => s3({ DomainName: website }), 'InvalidArgument 400'],
    ['S3 at the older spelling', () => s3({ DomainName: 'b.c.s3.amazonaws.com' }), 'accepted'],
    ['S3 somewhere else', () => s3({ DomainName: 'example.com' }), 'InvalidArgument 400'],
    ['path', () => s3({ OriginPath: '/docs' }), 'accepted'],
    ['path with trailing slash', () => s3({ OriginPath: '/docs/' }), 'InvalidArgument 400'],
    ['path without leading slash', () => s3({ OriginPath: 'docs' }), 'InvalidArgument 400'],
    ['4 connection attempts', () => s3({ ConnectionAttempts: 4 }), 'MalformedXML 400'],
    ['connection timeout 11 s', () => s3({ ConnectionTimeout: 11 }), 'MalformedXML 400'],
  ],
  'custom origins': [
    ['a good one', () => custom({}), 'accepted'],
    [
      'a URL for a domain',
      () => origins(s3Origin(), customOrigin({ DomainName: 'https://a.b' })),
      'InvalidArgument 400',
    ],
    ['port 81', () => custom({ HTTPPort: 81 }), 'InvalidArgument 400'],
    ['port 8080', () => custom({ HTTPPort: 8080 }), 'accepted'],
    ['an unknown protocol', () => custom({ OriginProtocolPolicy: 'ftp' }), 'MalformedXML 400'],
    ['read timeout 120 s', () => custom({ OriginReadTimeout: 120 }), 'accepted'],
    ['read timeout 121 s', () => custom({ OriginReadTimeout: 121 }), 'InvalidOriginReadTimeout 400'],
    ['keep-alive 0 s', () => custom({ OriginKeepaliveTimeout: 0 }), 'InvalidOriginKeepaliveTimeout 400'],
  ],
  'origin groups': [
    ['of two', () => group('bucket', 'api'), 'accepted'],
    ['of one', () => group('bucket'), 'MalformedXML 400'],
    ['of one that does not exist', () => group('bucket', 'other'), 'NoSuchOrigin 404'],
  ],
  'origin access controls': [
    ['own, for S3', () => s3({ OriginAccessControlId: s3Control }), 'accepted'],
    ['unknown', () => s3({ OriginAccessControlId: 'ENOTHING' }), 'InvalidOriginAccessControl 400'],
    ["another account's", () => s3({ OriginAccessControlId: foreignControl }), 'InvalidOriginAccessControl 400'],
    [
      'for Lambda, on S3',
      () => s3({ OriginAccessControlId: lambdaControl }),
      'InvalidDomainNameForOriginAccessControl 400',
    ],
    [
      'for S3, on a custom origin',
      () => origins(s3Origin(), customOrigin({ OriginAccessControlId: s3Control })),
      'InvalidDomainNameForOriginAccessControl 400',
    ],
    [
      'beside an identity',
      () => s3({ OriginAccessControlId: s3Control, S3OriginConfig: identity }),
      'IllegalOriginAccessConfiguration 400',
    ],
  ],
});
