import { describe, expect, test } from 'vitest';
import { maintenance } from '../../src/app/maintenance.ts';
import { type Bench, deployOptions, type Given, openBench } from '../support/open-bench.ts';
import { keysOf, textOf } from '../support/read-bucket.ts';

const files = {
  'index.html': 'home',
  'private/plans.html': 'plans',
  'closed.html': 'back soon',
};

const env = { ANN_PW: 'correct horse battery', TOKEN_KEY: 'a key for tokens 123' };
const auth = {
  paths: ['/private/*'],
  users: { ann: { kind: 'variable', name: 'ANN_PW' } },
  jwt: { kind: 'variable', name: 'TOKEN_KEY' },
} as const;

const basic = (password: string) => ({
  headers: { authorization: `Basic ${Buffer.from(`ann:${password}`).toString('base64')}` },
});

/** Long enough for a write to the store. */
const settle = ({ time }: Bench) => time.advance(15_000);

const statusOf = async ({ cloud }: Bench, domain: string, path: string, options = {}) =>
  (await cloud.ask(domain, path, options)).status;

describe('auth', () => {
  const given: Given = { settings: { auth }, env };

  test('guards its paths with a password that is nowhere to be read', async () => {
    const bench = await openBench(files);
    const { domain } = await bench.publish(given);
    await settle(bench);
    expect(await statusOf(bench, domain, '/')).toBe(200);
    expect(await statusOf(bench, domain, '/private/plans')).toBe(401);
    expect(await statusOf(bench, domain, '/private/plans', basic('wrong horse battery'))).toBe(401);
    expect((await bench.cloud.ask(domain, '/private/plans', basic(env.ANN_PW))).text).toBe('plans');
    const texts = await Promise.all((await keysOf(bench.project)).map((key) => textOf(bench.project, key)));
    for (const secret of Object.values(env)) expect(texts.join()).not.toContain(secret);
    expect(await bench.deploy(given)).toMatchObject({ state: 'unchanged' });
  });

  // Without: plan-store.ts, planStore: `revoked` empty.
  test('lets nobody in any more whose name is gone, and takes another password at once', async () => {
    const bench = await openBench(files);
    const { domain } = await bench.publish(given);
    await bench.publish({ ...given, env: { ...env, ANN_PW: 'another long password' } });
    await settle(bench);
    expect(await statusOf(bench, domain, '/private/plans', basic(env.ANN_PW))).toBe(401);
    expect(await statusOf(bench, domain, '/private/plans', basic('another long password'))).toBe(200);
    await bench.publish({ settings: { auth: { ...auth, users: {} } }, env });
    await settle(bench);
    expect(await statusOf(bench, domain, '/private/plans', basic('another long password'))).toBe(401);
  });

  test.each([
    ['a variable that is not set', {}, /ANN_PW.* is not set/],
    ['a password that is too short', { ...env, ANN_PW: 'short' }, /password of ann has fewer than 12/],
  ])('%s is told before anything is done', async (_, environment, message) => {
    const bench = await openBench(files);
    const result = await bench.deploy({ ...given, env: environment });
    expect(result).toMatchObject({ exit: 2, state: 'unchanged', error: { code: 'E_CONFIG' } });
    expect(result.error?.message).toMatch(message);
    expect(result.error?.message).not.toContain('short"');
  });
});

describe('maintenance', () => {
  const given: Given = { settings: { maintenance: { page: 'closed.html', allow: [] } } };

  const wish = (bench: Bench, to: 'on' | 'off' | 'ask') =>
    maintenance({ ...deployOptions(bench.project, bench.time.clock(), given), wish: to });

  test('closes the site and opens it again by one write, and deploys leave it as it is', async () => {
    const bench = await openBench(files);
    const { domain } = await bench.publish(given);
    await settle(bench);
    expect(await wish(bench, 'ask')).toMatchObject({ state: 'off', changed: false });
    expect(await statusOf(bench, domain, '/')).toBe(200);
    expect(await wish(bench, 'on')).toMatchObject({ state: 'on', changed: true });
    expect(await wish(bench, 'on')).toMatchObject({ state: 'on', changed: false });
    await settle(bench);
    expect(await bench.cloud.ask(domain, '/')).toMatchObject({ status: 503, text: 'back soon' });
    bench.project.build({ 'index.html': 'new home' });
    await bench.publish(given);
    await settle(bench);
    expect(await statusOf(bench, domain, '/')).toBe(503);
    expect(await wish(bench, 'off')).toMatchObject({ state: 'off', changed: true });
    await settle(bench);
    expect(await bench.cloud.ask(domain, '/')).toMatchObject({ status: 200, text: 'new home' });
  });

  test('of a site that was deployed without it is refused', async () => {
    const bench = await openBench(files);
    await bench.publish();
    await expect(wish(bench, 'on')).rejects.toMatchObject({ code: 'E_CONFIG' });
  });
});
