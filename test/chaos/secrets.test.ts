import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ProxiedRequest, startFaultProxy, type Treatment } from '../support/fault-proxy.ts';
import { s3Client } from '../support/s3-client.ts';
import { mutateAll } from './mutate-site.ts';
import { openWorld, type World } from './open-world.ts';
import { createRandom } from './random.ts';
import { readBucket } from './read-bucket.ts';
import { readSite } from './read-state.ts';
import { renderSite } from './render-site.ts';
import { type ChildEnd, startChild } from './run-child.ts';
import { firstSite } from './site-model.ts';

// Secrets are planted in the environment. A first deploy, one that dies and leaves its announcement, one that is denied
// a request and one that ends well must carry them nowhere.

const token = 'planted-session-token-8c1f';
const planted = {
  AWS_SESSION_TOKEN: token,
  GITHUB_TOKEN: 'ghs_planted5b2e',
  NPM_TOKEN: 'npm_planted77d1',
  DATABASE_URL: 'postgres://user:planted-password-c3@host/db',
} as const;

const one = renderSite(firstSite);
const two = renderSite(mutateAll(firstSite, createRandom(1), 2));

test('secrets of the environment are nowhere', async () => {
  const world = await openWorld({ seed: 1 });
  const seen: string[] = [];
  let treat = (_: ProxiedRequest): Treatment => ({ kind: 'pass' });
  const proxy = await startFaultProxy({
    target: world.cloud.endpoint,
    decide: (request) => {
      seen.push(wordsOf(request));
      return treat(request);
    },
  });
  const run = (build: typeof one) => startChild(world, build, { endpoint: proxy.endpoint, env: planted });
  try {
    const ends: ChildEnd[] = [await run(one).end];
    const dying = run(two);
    // It dies when everything but the release and the manifest is written.
    treat = ({ method, path }) => {
      if (method === 'PUT' && path.includes('/releases/')) dying.process.kill('SIGKILL');
      return { kind: 'pass' };
    };
    ends.push(await dying.end);
    treat = ({ method }) =>
      method === 'PUT' ? { kind: 'refuse', status: 403, code: 'AccessDenied' } : { kind: 'pass' };
    await world.time.advance(151_000);
    ends.push(await run(two).end);
    seen.push(...(await storedTexts(world)));
    treat = () => ({ kind: 'pass' });
    await world.time.advance(151_000);
    ends.push(await run(two).end);
    expect(ends.map(({ result }) => result?.ok)).toEqual([true, undefined, false, true]);
    seen.push(...ends.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...dying.process.spawnargs);
    seen.push(...(await storedTexts(world)), (await readSite(world)).state.edgeFunction);
    seen.push(...(await world.requests()).requests.map((request) => JSON.stringify(request)));
    for (const secret of [world.cloud.secretAccessKey, ...Object.values(planted)])
      expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    // The eye is open: what is no secret is seen.
    expect(seen.some((text) => text.includes(world.cloud.accessKeyId))).toBe(true);
    expect(seen.some((text) => text.includes('"run":"r-'))).toBe(true);
  } finally {
    await proxy.close();
    await world.close();
  }
});

/** A request as a log might keep it. The session token goes with each one, in the header that AWS reads it from. */
function wordsOf({ method, path, headers, body }: ProxiedRequest): string {
  const { 'x-amz-security-token': _, ...rest } = headers;
  return [method, path, JSON.stringify(rest), body.toString('latin1')].join('\n');
}

async function storedTexts(world: World): Promise<readonly string[]> {
  const client = s3Client(world);
  try {
    const bucket = await readBucket(client, world.bucket);
    return [...bucket].map(([key, { bytes, headers }]) => [key, JSON.stringify(headers), textOf(bytes)].join('\n'));
  } finally {
    client.destroy();
  }
}

/** Manifest and releases are compressed. */
function textOf(bytes: Uint8Array): string {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new TextDecoder().decode(isGzip ? gunzipSync(bytes) : bytes);
}
