import {
  CreateCachePolicyCommand,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { expect, test } from 'vitest';
import { countResources } from '../support/count-resources.ts';
import { openBench } from '../support/open-bench.ts';
import { cloudFrontClient } from '../support/s3-client.ts';

const build = (value: string) => ({ 'index.html': 'home', _headers: `/*\n  X-Version: ${value}\n` });

const policiesIn = async (bench: Awaited<ReturnType<typeof openBench>>) =>
  (await countResources(bench.cloud)).headersPolicies;

// Without: plan-infrastructure.ts, planInfrastructure: `leftPolicies` not planned. The 21st is TooManyResponseHeadersPolicies.
test('after 25 changes of a header that all answers carry there is one policy', async () => {
  const bench = await openBench(build('0'));
  const { domain } = await bench.publish();
  for (let change = 1; change <= 25; change++) {
    bench.project.build(build(String(change)));
    expect(await bench.publish()).toMatchObject({ state: 'live', warnings: [] });
    expect(await policiesIn(bench)).toBeLessThanOrEqual(2);
  }
  expect(await policiesIn(bench)).toBe(1);
  await bench.time.advance(600_000);
  expect((await bench.cloud.ask(domain, '/')).headers['x-version']).toBe('25');
  expect(await bench.publish()).toMatchObject({ state: 'unchanged' });
});

test('a policy that another site uses stays, and nothing is said of it', async () => {
  const bench = await openBench(build('shared'));
  const other = bench.copy(build('shared'));
  await bench.publish();
  await bench.publish({ from: other, settings: { site: 'other' } });
  expect(await policiesIn(bench)).toBe(1);
  bench.project.build(build('own'));
  expect(await bench.publish()).toMatchObject({ state: 'live', warnings: [] });
  expect(await policiesIn(bench)).toBe(2);
  other.build(build('own'));
  await bench.publish({ from: other, settings: { site: 'other' } });
  expect(await policiesIn(bench)).toBe(1);
});

test.each([
  ['before the distribution has left it', { op: 'UpdateDistribution' }],
  ['when the distribution has left it', { op: 'GetResponseHeadersPolicy' }],
  ['when its version is known', { op: 'DeleteResponseHeadersPolicy' }],
])('a run that ended %s is healed by the next', async (_, match) => {
  const bench = await openBench(build('1'));
  await bench.publish();
  bench.project.build(build('2'));
  await bench.cloud.setFaults([{ match, times: 1, do: { status: 403, code: 'AccessDenied' } }]);
  expect(await bench.deploy()).toMatchObject({ state: 'partial', error: { code: 'E_PERMISSION' } });
  await bench.cloud.clearFaults();
  expect(await bench.publish()).toMatchObject({ state: 'live' });
  expect(await policiesIn(bench)).toBe(1);
  expect(await bench.publish()).toMatchObject({ state: 'unchanged' });
});

test('what is not waited for is left to the next deploy', async () => {
  const bench = await openBench(build('1'));
  await bench.publish();
  bench.project.build({ ...build('2'), 'index.html': 'another' });
  await bench.publish({ settings: { wait: false } });
  await bench.time.advance(600_000);
  expect(await bench.publish()).toMatchObject({ warnings: [] });
  expect(await policiesIn(bench)).toBe(1);
  expect(await bench.publish()).toMatchObject({ state: 'unchanged' });
});

test('a cache policy of an earlier cdnpub goes, one of the owner’s stays', async () => {
  const bench = await openBench(build('1'));
  const { distribution } = await bench.publish();
  const client = cloudFrontClient(bench.cloud);
  for (const [Name, left] of [
    ['cdnpub-cache-0123456789ab', 1],
    ['ours', 2],
  ] as const) {
    const { CachePolicy } = await client.send(new CreateCachePolicyCommand({ CachePolicyConfig: { Name, MinTTL: 0 } }));
    const Id = distribution?.id ?? '';
    const { DistributionConfig, ETag } = await client.send(new GetDistributionConfigCommand({ Id }));
    if (DistributionConfig?.DefaultCacheBehavior === undefined) throw new Error('there is no behaviour');
    DistributionConfig.DefaultCacheBehavior.CachePolicyId = CachePolicy?.Id;
    await client.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig }));
    await bench.time.advance(600_000);
    await bench.publish();
    expect((await countResources(bench.cloud)).cachePolicies).toBe(left);
  }
});
