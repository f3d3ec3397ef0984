import { describe, expect, test } from 'vitest';
import { countResources, oneOfEach } from '../support/count-resources.ts';
import type { FaultRule } from '../support/faults.ts';
import { openBench } from '../support/open-bench.ts';
import { smallSite } from '../support/project.ts';
import { siteKeysOf } from '../support/read-bucket.ts';
import { writesOf } from '../support/request-log.ts';

/** Every write of a first deploy, the which of its kind; in the order in which they are sent. */
const writes: readonly (readonly [op: string, key: string, nth: number])[] = [
  ['CreateBucket', '', 0],
  ['PutObject', 'channels/live/lock.json', 0],
  ['PutObject', 'channels/live/lock.json', 1],
  ['DeleteObjects', '', 0],
  ['PutObject', 'channels/live/lock.json', 2],
  ['PutPublicAccessBlock', '', 0],
  ['PutBucketVersioning', '', 0],
  ['PutBucketLifecycleConfiguration', '', 0],
  ['PutObject', 'site.json', 0],
  ['PutObject', 'channels/live/announcements/', 0],
  ['CreateKeyValueStore', '', 0],
  ['CreateFunction', '', 0],
  ['PublishFunction', '', 0],
  ['CreateOriginAccessControl', '', 0],
  ['CreateCachePolicy', '', 0],
  ['CreateResponseHeadersPolicy', '', 0],
  ['CreateDistributionWithTags', '', 0],
  ['PutObject', 'site.json', 1],
  ['PutBucketPolicy', '', 0],
  ['PutObject', 'index.html', 0],
  ['PutObject', 'channels/live/releases/', 0],
  ['PutObject', 'channels/live/manifest', 0],
  ['DeleteObjects', '', 1],
  ['DeleteObjects', '', 2],
];

const siteKey = (key: string): string => (key === 'index.html' || key === '' ? key : `.cdnpub/${key}`);

test('every write of a first deploy has its row', async () => {
  const bench = await openBench({ 'index.html': smallSite['index.html'] ?? '', '404.html': '' });
  const { next } = await bench.cloud.requests();
  await bench.publish();
  const sent = writesOf((await bench.cloud.requests(next)).requests).filter(({ key }) => key !== '404.html');
  const seen = new Map<string, number>();
  const told = sent.map(({ op, key = '' }) => {
    const plain = key.replace('.cdnpub/', '').replace(/\/r-.*/, '/');
    const nth = seen.get(op + plain) ?? 0;
    seen.set(op + plain, nth + 1);
    return [op, plain, nth];
  });
  expect(told).toEqual(writes);
});

describe('a first deploy that stops half way is finished by the next: nothing is made twice', () => {
  const fates = ['refused', 'done, its reply lost, and then refused'] as const;
  const rows = writes.flatMap(([op, key, nth]) => fates.map((fate) => [op, key, nth, fate] as const));

  test.each(rows)('%s %s (%i) %s', async (op, key, nth, fate) => {
    const { cloud, project, time, deploy, publish } = await openBench();
    const match = { op, ...(key === '' ? {} : { key: key.endsWith('/') ? `${siteKey(key)}*` : siteKey(key) }) };
    const refusal: FaultRule = { match, skip: nth, do: { status: 403, code: 'AccessDenied' } };
    const loss: FaultRule = { match, skip: nth, times: 1, do: { reset: 'after' } };
    await cloud.setFaults(fate === 'refused' ? [refusal] : [loss, refusal]);
    const first = await deploy();
    await cloud.clearFaults();
    const state = op === 'CreateBucket' && fate === 'refused' ? 'unchanged' : 'partial';
    if (first.state !== 'live') expect(first).toMatchObject({ ok: false, state, error: { code: 'E_PERMISSION' } });
    // A lock that could not be given back runs out.
    await time.advance(151_000);
    const { domain, warnings } = await publish();
    expect(warnings).toEqual([]);
    expect(await countResources(cloud)).toEqual(oneOfEach);
    expect((await cloud.ask(domain, '/')).text).toBe(smallSite['index.html']);
    expect((await cloud.ask(domain, '/nowhere.css')).status).toBe(404);
    expect(await siteKeysOf(project)).toEqual(Object.keys(smallSite).sort());
    expect(await deploy()).toMatchObject({ state: 'unchanged', distribution: { domain } });
  });
});
