import {
  CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  PutKeyCommand,
} from '@aws-sdk/client-cloudfront-keyvaluestore';
import '@aws-sdk/signature-v4a';
import { Agent } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EdgePrograms } from '../../src/model/edge-program.ts';
import { deployPrograms } from '../support/deploy-programs.ts';
import { makeProgram } from '../support/make-edge.ts';
import { type Bench, deployOptions, type Given, openBench } from '../support/open-bench.ts';
import { textOf } from '../support/read-bucket.ts';

/** Answers `/value` with what the store says; all else goes to the bucket, without the ending of the home page. */
const reader = (note = '') => `import cf from 'cloudfront';
const kvs = cf.kvs();
async function handler(event) {
  const request = event.request;
  if (request.uri === '/') request.uri = '/index.html';
  if (request.uri !== '/value') return request;
  let text = 'missing';
  try { text = await kvs.get('p1/0'); } catch (e) { text = 'missing'; }
  return { statusCode: 200, body: { encoding: 'text', data: text + '${note}' } };
}`;

const answers = `function handler(event) {
  event.response.headers['x-passed'] = { value: 'yes' };
  return event.response;
}`;

const programOf = (value: string, note = '') =>
  makeProgram({ viewerRequest: reader(note), store: new Map([['p1/0', value]]) });

const same = (program: EdgePrograms['after']): EdgePrograms => ({
  ...{ during: program, after: program, warnings: [] },
  layout: { paths: 1, rules: null },
});

interface Deployed extends Bench {
  run(programs: EdgePrograms, given?: Given): ReturnType<typeof deployPrograms>;
  /** Operations since the last call, without looks at what is there. */
  sent(): Promise<readonly string[]>;
  value(): Promise<string>;
}

async function openDeployed(): Promise<Deployed> {
  const bench = await openBench({ 'index.html': 'one', 'logo.svg': '<svg/>' }, { delays: { invalidateMs: 20_000 } });
  let since = 0;
  let domain = '';
  const run = async (programs: EdgePrograms, given: Given = {}) => {
    const result = await deployPrograms(
      deployOptions(bench.project, bench.time.clock(), { concurrency: 1, ...given }),
      programs,
    );
    expect(result.error).toBeUndefined();
    domain = result.distribution?.domain ?? '';
    return result;
  };
  const sent = async () => {
    const { next, requests } = await bench.cloud.requests(since);
    since = next;
    return requests
      .map(({ op }) => op)
      .filter((op) =>
        /^(?:UpdateKeys|ListKeys|PublishFunction|CreateInvalidation|UpdateDistribution|CreateDistribution.*|CreateFunction)$/.test(
          op,
        ),
      );
  };
  const value = async () => (await bench.cloud.ask(domain, '/value')).text;
  await run(same(programOf('one')));
  return { ...bench, run, sent, value };
}

test('a first deploy brings the data before the function that reads it and the distribution', async () => {
  const bench = await openDeployed();
  expect(await bench.sent()).toEqual(['UpdateKeys', 'CreateFunction', 'PublishFunction', 'CreateDistributionWithTags']);
  await bench.time.advance(60_000);
  expect(await bench.value()).toBe('one');
});

test('what has not changed is neither written nor read again', async () => {
  const bench = await openDeployed();
  await bench.sent();
  expect(await bench.run(same(programOf('one')))).toMatchObject({
    state: 'unchanged',
    requests: { kvs: { read: 1, write: 0 } },
  });
  expect(await bench.sent()).toEqual([]);
});

// Without: apply-plan.ts, runWave: `settleStore` not waited for.
test('data is at every edge before the pages that need it, and shrinks when edges have forgotten the old ones', async () => {
  const bench = await openDeployed();
  await bench.sent();
  bench.project.build({ 'index.html': 'two' });
  const startedMs = bench.time.now();
  await bench.cloud.setFaults([{ match: { op: 'GetInvalidation' }, times: 1, do: { hold: true } }]);
  const deploying = bench.run({ ...same(programOf('one and two')), after: programOf('two') });
  await bench.cloud.untilStruck();
  expect(bench.time.now() - startedMs).toBeGreaterThanOrEqual(10_000);
  expect(await bench.sent()).toEqual(['UpdateKeys', 'CreateInvalidation']);
  expect(await bench.value()).toBe('one and two');
  await bench.cloud.clearFaults();
  await deploying;
  expect(await bench.sent()).toEqual(['UpdateKeys']);
  await bench.time.advance(10_000);
  expect(await bench.value()).toBe('two');
  expect(await bench.run(same(programOf('two')))).toMatchObject({ state: 'unchanged' });
});

test('data that is left to the next deploy is on record as it is', async () => {
  const bench = await openDeployed();
  bench.project.build({ 'index.html': 'two' });
  const first = await bench.run(
    { ...same(programOf('one and two')), after: programOf('two') },
    { settings: { wait: false } },
  );
  expect(first.warnings.join()).toContain('edge rules');
  await bench.time.advance(60_000);
  await bench.sent();
  expect(await bench.run(same(programOf('two')))).toMatchObject({ state: 'live' });
  // Announced keys are unknown: read without the lock and again under it.
  expect((await bench.sent()).filter((op) => op.endsWith('Keys'))).toEqual(['ListKeys', 'ListKeys', 'UpdateKeys']);
  expect(await bench.run(same(programOf('two')))).toMatchObject({ state: 'unchanged' });
});

test('a store that others wrote to is read once, and what they changed of ours is put right', async () => {
  const bench = await openDeployed();
  await putKey(bench, 'p1/0', 'theirs');
  await bench.sent();
  expect(await bench.run(same(programOf('one')))).toMatchObject({ state: 'live' });
  expect(await bench.sent()).toEqual(['ListKeys', 'UpdateKeys']);
  await bench.time.advance(10_000);
  expect(await bench.value()).toBe('one');
  expect(await bench.run(same(programOf('one')))).toMatchObject({ state: 'unchanged' });
  expect(await bench.sent()).toEqual([]);
});

describe('a function for answers', () => {
  test('is made and at every edge before anything goes up, and detached when nothing needs it', async () => {
    const bench = await openDeployed();
    await bench.sent();
    const both = { ...programOf('one'), viewerResponse: answers };
    const added = await bench.run(same(both));
    expect(await bench.sent()).toEqual(['CreateFunction', 'PublishFunction', 'UpdateDistribution']);
    const ask = async () => (await bench.cloud.ask(added.distribution?.domain ?? '', '/logo.svg')).headers['x-passed'];
    expect(await ask()).toBe('yes');
    expect(await bench.run(same(both))).toMatchObject({ state: 'unchanged' });
    await bench.run(same(programOf('one')));
    await bench.time.advance(600_000);
    expect(await ask()).toBeUndefined();
    expect(await bench.run(same(programOf('one')))).toMatchObject({ state: 'unchanged' });
  });
});

/** Somebody else's client writes to the site's store. */
async function putKey({ cloud: { cloud }, project }: Bench, Key: string, Value: string): Promise<void> {
  const httpAgent = new Agent({
    lookup: (_, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  });
  const client = new CloudFrontKeyValueStoreClient({
    ...{ endpoint: cloud.endpoint.replace('127.0.0.1', 'localhost'), region: 'us-east-1', credentials: cloud },
    requestHandler: { httpAgent },
  });
  onTestFinished(() => {
    client.destroy();
    httpAgent.destroy();
  });
  const KvsARN = await storeArnOf(project);
  const { ETag: IfMatch } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
  await client.send(new PutKeyCommand({ KvsARN, Key, Value, IfMatch }));
}

const storeArnOf = async (project: Bench['project']): Promise<string> =>
  (JSON.parse((await textOf(project, '.cdnpub/site.json')) ?? '{}') as { readonly storeArn: string }).storeArn;

// Without: functions.ts, publishFunction: `testFunction` not asked.
test('a function that fails on a page of the site is not published, and the site goes on as it was', async () => {
  const bench = await openDeployed();
  await bench.sent();
  const broken = makeProgram({ viewerRequest: 'function handler(event) { return event.request.headers.gone.value; }' });
  const options = deployOptions(bench.project, bench.time.clock());
  const result = await deployPrograms(options, same(broken));
  expect(result).toMatchObject({ ok: false, exit: 2, state: 'partial', error: { code: 'E_RULES' } });
  expect(result.error?.message).toMatch(/viewer-request function .* on \/ and it failed: .*(gone|value|undefined)/);
  expect(await bench.sent()).toEqual([]);
  expect(await bench.value()).toBe('one');
});
