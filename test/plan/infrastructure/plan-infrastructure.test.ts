import { describe, expect, test } from 'vitest';
import type { EdgeProgram } from '../../../src/model/edge-program.ts';
import { distributionFields } from '../../../src/model/infrastructure.ts';
import type { CdnSnapshot, Snapshot } from '../../../src/model/snapshot.ts';
import { configuredHeaders } from '../../../src/plan/headers/configured-headers.ts';
import { bucketPolicy } from '../../../src/plan/infrastructure/bucket-policy.ts';
import { type InfrastructureInput, planInfrastructure } from '../../../src/plan/infrastructure/plan-infrastructure.ts';
import { digest } from '../../support/digest.ts';
import { makeEdgePlan, makeProgram, makePrograms } from '../../support/make-edge.ts';
import { makeSettings } from '../../support/make-settings.ts';
import { makeSnapshot, nothingThere } from '../../support/make-snapshot.ts';
import { makeTarget } from '../../support/make-target.ts';

const standing = makeSnapshot();
const { cdn, site } = standing;
if (cdn?.distribution === undefined || site === undefined) throw new Error('the made site has a distribution');
const distribution = cdn.distribution;
const record = site.value;

const plan = (snapshot: Snapshot, given: Partial<InfrastructureInput> = {}) =>
  planInfrastructure({
    target: makeTarget(),
    record,
    snapshot,
    policyHeaders: configuredHeaders(makeSettings()),
    edge: makeEdgePlan(makePrograms('edge code')),
    notFoundKey: '404.html',
    digest,
    ...given,
  });

const kinds = (snapshot: Snapshot, given: Partial<InfrastructureInput> = {}): string =>
  plan(snapshot, given)
    .steps.map(({ kind }) => kind)
    .join(' ');

const withCdn = (given: Partial<CdnSnapshot>): Snapshot => makeSnapshot({ cdn: { ...cdn, ...given } });
const without = (...names: readonly (keyof typeof cdn.resolved)[]) =>
  Object.fromEntries(Object.entries(cdn.resolved).filter(([name]) => !names.some((one) => one === name)));
const unresolvedDistribution = without('distribution.id', 'distribution.arn', 'distribution.domain');

const everything =
  'createBucket configureBucket writeSiteRecord createStore createFunction createOac createCachePolicy createHeadersPolicy createDistribution recordResources putBucketPolicy';

describe('what must be made or changed', () => {
  test.each<[string, string, Snapshot, Partial<InfrastructureInput>]>([
    ['a first deploy', everything, nothingThere, {}],
    ['all stands', '', standing, {}],
    [
      'a first deploy without a distribution',
      'createBucket configureBucket writeSiteRecord',
      { ...nothingThere, cdn: undefined },
      {},
    ],
    ['all stands without a distribution', '', makeSnapshot({ cdn: undefined }), {}],
    [
      'killed after the bucket',
      everything.slice('createBucket '.length),
      { ...nothingThere, bucket: { kind: 'present', owned: true } },
      {},
    ],
    [
      'killed after the record',
      everything.slice('createBucket configureBucket writeSiteRecord '.length),
      { ...nothingThere, bucket: { kind: 'present', owned: true }, site },
      {},
    ],
    [
      'killed after the function',
      'createDistribution recordResources putBucketPolicy',
      makeSnapshot({ policy: [], cdn: { ...cdn, distribution: undefined, resolved: unresolvedDistribution } }),
      { record: { ...record, distribution: null } },
    ],
    [
      'killed before the function was published',
      'createFunction createDistribution recordResources putBucketPolicy',
      makeSnapshot({
        policy: [],
        cdn: { ...cdn, distribution: undefined, edgeFunction: { code: undefined }, resolved: unresolvedDistribution },
      }),
      { record: { ...record, distribution: null } },
    ],
    [
      'killed after the distribution',
      'recordResources putBucketPolicy',
      makeSnapshot({ policy: [] }),
      { record: { ...record, distribution: null } },
    ],
    ['killed before the policy', 'putBucketPolicy', makeSnapshot({ policy: [] }), {}],
    [
      'an adopted bucket is not configured',
      everything.replace('createBucket configureBucket ', ''),
      { ...nothingThere, bucket: { kind: 'present', owned: false } },
      {},
    ],
    ['a bucket that somebody opened to the public', 'closeBucket', makeSnapshot({ closed: false }), {}],
    ['another text of the function', 'updateFunction', standing, { edge: makeEdgePlan(makePrograms('other code')) }],
    [
      'a function that was deleted by hand',
      'createFunction updateDistribution',
      withCdn({ edgeFunction: undefined, resolved: without('function.arn') }),
      {},
    ],
    [
      'a distribution that lost a field',
      'updateDistribution',
      withCdn({ distribution: { ...distribution, fields: { ...distribution.fields, DefaultRootObject: '' } } }),
      {},
    ],
    ['another 404 page', 'updateDistribution', standing, { notFoundKey: 'lost.html' }],
    [
      'a headers policy that does not exist yet',
      'createHeadersPolicy updateDistribution',
      withCdn({ resolved: without('headersPolicy.id') }),
      {},
    ],
    [
      'a policy of ours that the distribution leaves',
      'updateDistribution deletePolicy',
      withCdn({
        distribution: {
          ...distribution,
          fields: { ...distribution.fields, 'DefaultCacheBehavior.ResponseHeadersPolicyId': 'old' },
        },
        policies: [
          { kind: 'headers', id: 'old' },
          { kind: 'headers', id: 'of another site' },
        ],
      }),
      {},
    ],
    [
      'a policy of others that it leaves',
      'updateDistribution',
      withCdn({
        distribution: {
          ...distribution,
          fields: { ...distribution.fields, 'DefaultCacheBehavior.ResponseHeadersPolicyId': 'theirs' },
        },
      }),
      {},
    ],
    ['a policy that somebody changed', 'putBucketPolicy', makeSnapshot({ policy: standing.policy.slice(1) }), {}],
    ['others’ statements in the policy', '', makeSnapshot({ policy: [{ Sid: 'Theirs' }, ...standing.policy] }), {}],
  ])('%s: %s', (_, expected, snapshot, given) => {
    expect(kinds(snapshot, given)).toBe(expected);
  });

  test('each step refers only to what is there or to what an earlier one made', () => {
    const made = new Set<string>();
    const makes: Readonly<Record<string, readonly string[]>> = {
      createStore: ['store.arn'],
      createFunction: ['function.arn'],
      createOac: ['oac.id'],
      createCachePolicy: ['cachePolicy.id'],
      createHeadersPolicy: ['headersPolicy.id'],
      createDistribution: ['distribution.id', 'distribution.arn', 'distribution.domain'],
    };
    for (const step of plan(nothingThere).steps) {
      const refs = [...JSON.stringify(step).matchAll(/\{"ref":"([^"]+)"\}/g)].map(([, name]) => name ?? '');
      expect(refs.filter((name) => !made.has(name))).toEqual([]);
      for (const name of makes[step.kind] ?? []) made.add(name);
    }
    expect([...made]).toHaveLength(8);
  });

  test('names derive from site, id and generation, so a rerun finds them', () => {
    const names = (generation: number) =>
      plan(nothingThere, { record: { ...record, generation } }).steps.flatMap((step) =>
        'name' in step ? [step.name] : 'callerReference' in step ? [step.callerReference, step.comment] : [],
      );
    expect(names(1)).toEqual([
      'cdnpub-docs-abcdefghij-store',
      'cdnpub-docs-abcdefghij-request',
      'cdnpub',
      expect.stringMatching(/^cdnpub-cache-[0-9a-f]{12}$/),
      expect.stringMatching(/^cdnpub-headers-[0-9a-f]{12}$/),
      'cdnpub-docs-abcdefghij',
      'cdnpub-docs-abcdefghij',
    ]);
    expect(names(2)).toEqual(names(2));
    expect(names(2)[5]).toBe('cdnpub-docs-abcdefghij-g2');
  });

  test('the longest names stay within CloudFront’s 64 characters', () => {
    const site = 's'.repeat(32);
    const steps = plan(nothingThere, { record: { ...record, site, generation: 99 } }).steps;
    const names = steps.flatMap((step) => ('name' in step ? [step.name] : []));
    expect(names.filter((name) => name.length > 64 || !/^[\w-]+$/.test(name))).toEqual([]);
  });

  test.each([
    ['docs-111122223333-eu-west-1-an', true],
    ['docs-bucket', false],
    ['docs-111122223333-us-east-1-an', false],
  ])('%s is in the account’s own namespace: %s', (bucket, accountRegional) => {
    const [create] = plan(nothingThere, { target: makeTarget({ bucket }) }).steps;
    expect(create).toMatchObject({ kind: 'createBucket', bucket, accountRegional });
  });
});

describe('fields of the distribution', () => {
  const changesOf = (snapshot: Snapshot, given: Partial<InfrastructureInput> = {}) =>
    plan(snapshot, given).distributionChanges;

  // A function of the owner's at answers is his as long as the site has none there.
  // What leads to another server goes late, with its 404 page.
  const others = ['DefaultCacheBehavior.ViewerResponseFunction', 'Origins', 'CacheBehaviors'];
  const guarded = distributionFields.filter((field) => !others.includes(field));

  test.each(guarded)('a %s that was changed outside is put right, and nothing else', (field) => {
    const fields = { ...distribution.fields, [field]: 'theirs' };
    expect(changesOf(withCdn({ distribution: { ...distribution, fields } }))).toEqual([
      { field, from: 'theirs', to: distribution.fields[field] },
    ]);
  });

  test('a new site’s distribution, whole', () => {
    const step = plan(nothingThere).steps.find(({ kind }) => kind === 'createDistribution');
    expect(step).toMatchObject({
      fields: {
        DefaultRootObject: 'index.html',
        'Origin.DomainName': 'docs-111122223333-eu-west-1-an.s3.eu-west-1.amazonaws.com',
        'Origin.OriginPath': '',
        'Origin.OriginAccessControlId': { ref: 'oac.id' },
        'DefaultCacheBehavior.ViewerProtocolPolicy': 'redirect-to-https',
        'DefaultCacheBehavior.AllowedMethods': 'GET,HEAD',
        'DefaultCacheBehavior.Compress': 'true',
        'DefaultCacheBehavior.CachePolicyId': { ref: 'cachePolicy.id' },
        'DefaultCacheBehavior.ResponseHeadersPolicyId': { ref: 'headersPolicy.id' },
        'DefaultCacheBehavior.ViewerRequestFunction': { ref: 'function.arn' },
        CustomErrorResponses: '404:/404.html:404:0,500:::5,502:::5,503:::5,504:::5',
        HttpVersion: 'http2and3',
        IPV6Enabled: 'true',
      },
    });
  });

  test('a folder in the bucket is the origin’s path', () => {
    expect(changesOf(standing, { target: makeTarget({ prefix: 'sites/docs/' }) })).toContainEqual({
      field: 'Origin.OriginPath',
      from: '',
      to: '/sites/docs',
    });
  });

  test.each([
    ['404.html', '404:/404.html:404:0'],
    ['fehler/nicht da.html', '404:/fehler/nicht%20da.html:404:0'],
    ['a:b,c.html', '404:/a%3Ab%2Cc.html:404:0'],
    ['見.html', '404:/%E8%A6%8B.html:404:0'],
  ])('the 404 page %s is named by its address', (notFoundKey, expected) => {
    const step = plan(nothingThere, { notFoundKey }).steps.find(({ kind }) => kind === 'createDistribution');
    expect(step).toMatchObject({ fields: { CustomErrorResponses: `${expected},500:::5,502:::5,503:::5,504:::5` } });
  });

  test('other security headers are another policy, made and put in its place', () => {
    const [made] = plan(nothingThere, { policyHeaders: {} }).steps.filter(({ kind }) => kind === 'createHeadersPolicy');
    const [usual] = plan(nothingThere).steps.filter(({ kind }) => kind === 'createHeadersPolicy');
    expect(made).toMatchObject({ content: { set: {} } });
    expect(usual).toMatchObject({ content: { set: { 'x-content-type-options': 'nosniff' } } });
    expect(made).not.toMatchObject({ name: usual !== undefined && 'name' in usual ? usual.name : '' });
  });
});

test('the policy of a site in a folder lets this distribution read that folder and nobody read the state', () => {
  expect(bucketPolicy(makeTarget({ prefix: 'docs/' }), 'abcdefghij', 'arn:d')).toEqual([
    {
      Sid: 'CdnpubReadabcdefghij',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::docs-111122223333-eu-west-1-an/docs/*',
      Condition: { StringEquals: { 'AWS:SourceArn': 'arn:d' } },
    },
    {
      Sid: 'CdnpubListabcdefghij',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::docs-111122223333-eu-west-1-an',
      Condition: { StringEquals: { 'AWS:SourceArn': 'arn:d' } },
    },
    {
      Sid: 'CdnpubStateabcdefghij',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::docs-111122223333-eu-west-1-an/docs/.cdnpub/*',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
    },
  ]);
});

describe('the edge', () => {
  const store = (value: string) => new Map([['p1/0', value]]);
  const stored = (during: EdgeProgram, after = during) =>
    makeEdgePlan({ ...makePrograms('edge code'), during, after }, new Map([['p1/0', 'hash of old']]));
  const withResponse = makeProgram({ viewerResponse: 'answers' });
  const responseArn = 'arn:aws:cloudfront::111122223333:function/cdnpub-docs-abcdefghij-response';
  const answering = withCdn({
    responseFunction: { code: 'answers' },
    distribution: {
      ...distribution,
      fields: { ...distribution.fields, 'DefaultCacheBehavior.ViewerResponseFunction': responseArn },
    },
    resolved: { ...cdn.resolved, 'responseFunction.arn': responseArn },
  });

  const timed = (snapshot: Snapshot, edge: InfrastructureInput['edge']) =>
    plan(snapshot, { edge }).steps.map((step) =>
      [step.kind, 'role' in step ? step.role : '', 'when' in step ? step.when : ''].filter(Boolean).join(' '),
    );

  test.each<[string, Snapshot, InfrastructureInput['edge'], readonly string[]]>([
    [
      'data that grows and shrinks: first the data, then the functions that read it; late the other way about',
      standing,
      stored(
        makeProgram({ store: store('both'), viewerRequest: 'both' }),
        makeProgram({ store: store('new'), viewerRequest: 'new' }),
      ),
      ['writeStore edge', 'updateFunction request edge', 'updateFunction request late', 'writeStore late'],
    ],
    [
      'a function for answers is there and at every edge before anything goes up',
      standing,
      makeEdgePlan({ ...makePrograms('edge code'), during: withResponse, after: withResponse }),
      ['createFunction response', 'updateDistribution provision'],
    ],
    [
      'another text for answers',
      answering,
      makeEdgePlan({
        ...makePrograms('edge code'),
        during: makeProgram({ viewerResponse: 'more' }),
        after: withResponse,
      }),
      ['updateFunction response edge', 'updateFunction response late'],
    ],
    [
      'nothing to do for answers any more: detached late',
      answering,
      makeEdgePlan({ ...makePrograms('edge code'), during: withResponse, after: makeProgram() }),
      ['updateDistribution late'],
    ],
    [
      'a function of the owner’s at answers stays',
      withCdn({
        distribution: {
          ...distribution,
          fields: { ...distribution.fields, 'DefaultCacheBehavior.ViewerResponseFunction': 'arn:theirs' },
        },
      }),
      makeEdgePlan(makePrograms('edge code')),
      [],
    ],
  ])('%s', (_, snapshot, edge, expected) => {
    expect(timed(snapshot, edge)).toEqual(expected);
  });
});
