import { expect, test } from 'vitest';
import type { EdgePrograms } from '../../src/model/edge-program.ts';
import { deployPrograms } from '../support/deploy-programs.ts';
import type { FaultRule } from '../support/faults.ts';
import { makeProgram } from '../support/make-edge.ts';
import { type Bench, deployOptions, openBench } from '../support/open-bench.ts';
import { keysOf, textOf } from '../support/read-bucket.ts';

const file = '.cdnpub/store.json';

/** Answers `/0` with what the store holds under `r0/0`, and so on; all else goes to the bucket. */
const reader = `import cf from 'cloudfront';
const kvs = cf.kvs();
async function handler(event) {
  const request = event.request;
  if (!/^.[0-9]+$/.test(request.uri)) return request;
  let text = 'missing';
  try { text = await kvs.get('r0' + request.uri); } catch (e) { text = 'missing'; }
  return { statusCode: 200, body: { encoding: 'text', data: text } };
}`;

const keysFor = (count: number, size = 8) =>
  new Map(Array.from({ length: count }, (_, index) => [`r0/${index}`, `${index} `.padEnd(size, 'x')] as const));

const programs = (store: ReadonlyMap<string, string>): EdgePrograms => {
  const secrets = new Map([['u/ann', { kind: 'password', user: 'ann' } as const]]);
  const program = makeProgram({ viewerRequest: reader, store, secrets });
  return { during: program, after: program, warnings: [], layout: { paths: null, rules: 0 } };
};

const auth = { paths: ['/private/*'], users: { ann: { kind: 'variable', name: 'ANN_PW' } as const }, jwt: null };

interface Site extends Bench {
  run(store: ReadonlyMap<string, string>): ReturnType<typeof deployPrograms>;
  /** What was asked of stores and of the file since the last call. */
  sent(): Promise<readonly string[]>;
}

async function openSite(delays: { readonly storeReadyMs?: number } = {}): Promise<Site> {
  const bench = await openBench({ 'index.html': 'one' }, { delays });
  let since = 0;
  return {
    ...bench,
    run: (store) =>
      deployPrograms(
        deployOptions(bench.project, bench.time.clock(), {
          concurrency: 1,
          settings: { auth },
          env: { ANN_PW: 'correct horse' },
        }),
        programs(store),
      ),
    async sent() {
      const { next, requests } = await bench.cloud.requests(since);
      since = next;
      return requests
        .filter(({ op, key }) => /^(?:UpdateKeys|ListKeys|CreateKeyValueStore)$/.test(op) || key === file)
        .map(({ op }) => op);
    },
  };
}

async function expectWhole(site: Site, count: number): Promise<void> {
  await site.time.advance(60_000);
  const { distribution } = await site.run(keysFor(count));
  for (const index of [0, 600, count - 1])
    expect((await site.cloud.ask(distribution?.domain ?? '', `/${index}`)).text).toMatch(`${index} `);
  expect(await keysOf(site.project, file)).toEqual([]);
  await site.sent();
  expect(await site.run(keysFor(count))).toMatchObject({ state: 'unchanged' });
  expect(await site.sent()).toEqual([]);
}

test('a first load of many keys is read by CloudFront from the bucket; secrets are written afterwards', async () => {
  const site = await openSite();
  await site.cloud.setFaults([{ match: { op: 'CreateKeyValueStore' }, times: 1, do: { hold: true } }]);
  const deploying = site.run(keysFor(1_001));
  await site.cloud.untilStruck();
  const text = (await textOf(site.project, file)) ?? '';
  expect(JSON.parse(text).data).toHaveLength(1_001);
  expect(text).not.toContain('u/ann');
  await site.cloud.clearFaults();
  expect(await deploying).toMatchObject({ state: 'live', warnings: [] });
  const sent = await site.sent();
  expect(sent.filter((op) => op !== 'GetObject' && op !== 'HeadObject')).toEqual([
    'PutObject',
    'CreateKeyValueStore',
    'UpdateKeys',
  ]);
  await expectWhole(site, 1_001);
});

test('few keys are written', async () => {
  const site = await openSite();
  await site.run(keysFor(1_000));
  expect((await site.sent())[0]).toBe('CreateKeyValueStore');
});

test('what a file of 5 MB has no room for is written too', async () => {
  const site = await openSite();
  expect(await site.run(keysFor(5_020, 980))).toMatchObject({ state: 'live' });
  expect((await site.sent()).filter((op) => op === 'UpdateKeys').length).toBeGreaterThan(1);
});

const fails = (op: string, more: object = {}): FaultRule => ({
  ...{ match: { op }, times: 1, do: { status: 403, code: 'AccessDenied' } },
  ...more,
});

test.each<readonly [name: string, fault: FaultRule, delays: { readonly storeReadyMs?: number }]>([
  ['before the store is made', fails('CreateKeyValueStore'), {}],
  ['while it is PROVISIONING', fails('DescribeKeyValueStore', { skip: 1 }), { storeReadyMs: 20_000 }],
  ['when it is READY', { ...fails('DescribeKeyValueStore'), match: { service: 'cloudfront-keyvaluestore' } }, {}],
  ['before the secrets are written', fails('UpdateKeys'), {}],
  ['before there is a function', fails('CreateFunction'), {}],
])('a run that ended %s is healed by the next', async (_, fault, delays) => {
  const site = await openSite(delays);
  await site.cloud.setFaults([fault]);
  expect(await site.run(keysFor(1_200))).toMatchObject({ ok: false, state: 'partial' });
  expect(await site.cloud.clearFaults()).toEqual([1]);
  expect(await site.run(keysFor(1_200))).toMatchObject({ state: 'live' });
  await expectWhole(site, 1_200);
});

test('a store that was made and whose reply was lost is written to', async () => {
  const site = await openSite();
  await site.cloud.setFaults([{ match: { op: 'CreateKeyValueStore' }, times: 1, do: { reset: 'after' } }]);
  expect(await site.run(keysFor(1_200))).toMatchObject({ state: 'live', warnings: [] });
  await expectWhole(site, 1_200);
});

test('a file that a dead run left goes also where the next has nothing to load', async () => {
  const site = await openSite();
  await site.cloud.setFaults([fails('CreateKeyValueStore')]);
  await site.run(keysFor(1_200));
  expect(await keysOf(site.project, file)).toEqual([file]);
  await site.cloud.clearFaults();
  expect(await site.run(keysFor(3))).toMatchObject({ state: 'live' });
  expect(await keysOf(site.project, file)).toEqual([]);
});
