import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';
import { faultsOf } from '../support/faults.ts';
import { fetchEdge } from '../support/fetch-edge.ts';
import { type FollowedDev, followDev } from '../support/follow-dev.ts';
import { smallSite } from '../support/project.ts';
import { type CliEnd, runCdnpub } from '../support/run-cdnpub.ts';
import { plainEnv, startCloud, type TestCloud } from '../support/start-cloud.ts';
import { tempDir } from '../support/temp-dir.ts';
import { writeTree } from '../support/write-tree.ts';

const built = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`dist/${path}`, text]));

const site = built({ 'index.html': '<p>home', 'about/index.html': '<p>about', 'style.css': 'p {}' });

const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliEnd> =>
  runCdnpub(args, { cwd, env: { ...plainEnv(cwd), ...env } });

describe('init', () => {
  const configOf = (cwd: string): unknown => JSON.parse(readFileSync(join(cwd, 'cdnpub.config.json'), 'utf8'));

  test.each([
    [
      'from package.json',
      { 'package.json': '{ "name": "@acme/Web.Site" }', 'build/index.html': '' },
      [],
      {
        ...{ site: 'web-site', dir: 'build', region: 'us-east-1' },
      },
    ],
    [
      'from the environment',
      { 'package.json': '{ "name": "docs" }' },
      ['--env-region'],
      {
        ...{ site: 'docs', dir: 'dist', region: 'eu-north-1' },
      },
    ],
    [
      'from flags',
      {},
      ['--site', 'shop', '--dir', 'public', '--region', 'eu-west-3'],
      {
        ...{ site: 'shop', dir: 'public', region: 'eu-west-3' },
      },
    ],
  ] as const)('without a terminal it takes what it finds %s', async (_, files, flags, config) => {
    const cwd = tempDir(files);
    const asked = flags.filter((flag) => flag !== '--env-region');
    const env = asked.length === flags.length ? {} : { AWS_REGION: 'eu-north-1' };
    const end = await run(cwd, ['init', ...asked, '--json'], env);
    const told = { schema: 1, ok: true, exit: 0, path: join(cwd, 'cdnpub.config.json'), framework: null, imported: [] };
    expect(end.json()).toEqual({ ...told, config, files: ['cdnpub.config.json', '.gitignore'] });
    expect(configOf(cwd)).toEqual({ $schema: 'https://unpkg.com/cdnpub/templates/config.schema.json', ...config });
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('.cdnpub/\n');
  });

  test('it tells people what it wrote and what to type next', async () => {
    const end = await run(tempDir({ 'package.json': '{ "name": "docs" }' }), ['init']);
    expect(end).toMatchObject({ code: 0, stdout: '' });
    expect(end.stderr).toMatch(/Wrote +cdnpub\.config\.json\n.*cdnpub deploy/s);
  });

  test.each([
    ['cdnpub.config.json', '{ "site": "mine" }'],
    ['cdnpub.config.jsonc', '{ "site": "mine" } // kept'],
    ['package.json', '{ "name": "a", "cdnpub": { "site": "mine" } }'],
  ])('it never writes over a config: %s', async (name, text) => {
    const cwd = tempDir({ [name]: text });
    const end = await run(cwd, ['init', '--yes', '--site', 'other', '--json']);
    expect(end.json()).toMatchObject({ exit: 2, error: { code: 'E_CONFIG' } });
    expect(readFileSync(join(cwd, name), 'utf8')).toBe(text);
    expect(existsSync(join(cwd, 'cdnpub.config.json'))).toBe(name === 'cdnpub.config.json');
  });

  test.each([
    [['--site', 'No!']],
    [['--site', 'docs', '--region', 'somewhere else']],
    [['--site', 'docs', '--dir', '']],
  ])('it writes nothing that a deploy would refuse: %s', async (flags) => {
    const cwd = tempDir();
    const end = await run(cwd, ['init', ...flags, '--json']);
    expect(end.json()).toMatchObject({ exit: 2, error: { code: 'E_CONFIG' } });
    expect(existsSync(join(cwd, 'cdnpub.config.json'))).toBe(false);
  });

  test('it shows what would change in a config, and changes it when told to', async () => {
    const cwd = tempDir({ 'cdnpub.config.json': '{\n  "site": "mine"\n}\n', '.gitignore': 'dist\n.cdnpub/\n' });
    const kept = await run(cwd, ['init', '--site', 'other']);
    expect(kept.code).toBe(2);
    expect(kept.stderr).toMatch(/- {3}"site": "mine"[\s\S]*\+ {3}"site": "other",[\s\S]*--force/);
    const forced = await run(cwd, ['init', '--site', 'other', '--force', '--json']);
    expect(forced.json()).toMatchObject({ ok: true, files: ['cdnpub.config.json'] });
    expect(configOf(cwd)).toMatchObject({ site: 'other' });
    const again = await run(cwd, ['init', '--site', 'other', '--json']);
    expect(again.json()).toMatchObject({ ok: true, files: [] });
  });

  test('it adds to a .gitignore and writes a workflow', async () => {
    const cwd = tempDir({
      ...{
        'package.json': '{ "name": "docs", "scripts": { "build": "astro build" }, "dependencies": { "astro": "5" } }',
      },
      ...{ '.gitignore': 'node_modules', 'pnpm-lock.yaml': '' },
    });
    const end = await run(cwd, ['init', '--github', '--region', 'eu-west-1']);
    expect(end.stderr).toMatch(
      /Generator +Astro[\s\S]*First +corepack enable && pnpm install[\s\S]*Next +cdnpub deploy/,
    );
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toBe('node_modules\n.cdnpub/\n');
    const workflow = readFileSync(join(cwd, '.github/workflows/publish.yml'), 'utf8');
    expect(workflow).toContain('- run: "corepack enable && pnpm install --frozen-lockfile && pnpm run build"');
    expect(workflow).toContain('aws-region: "eu-west-1"');
    expect(workflow).toContain('with: { dir: "dist" }');
    expect(workflow).not.toMatch(/__[A-Z]+__/);
    expect(parse(workflow)).toMatchObject({
      permissions: { 'id-token': 'write' },
      jobs: { publish: { 'runs-on': 'ubuntu-latest' } },
    });
  });

  test.each(['jsonc', 'ts', 'yaml'])('what it writes as .%s is read as it was meant', async (format) => {
    const cwd = tempDir({ 'package.json': '{ "name": "docs" }' });
    expect((await run(cwd, ['init', '--format', format, '--bucket', 'my-old-bucket'])).code).toBe(0);
    const loaded = await loadConfig({ cwd });
    const { $schema: _, ...config } = loaded?.config ?? {};
    expect(loaded?.name).toBe(`cdnpub.config.${format}`);
    expect(config).toEqual({ site: 'docs', dir: join(cwd, 'dist'), region: 'us-east-1', bucket: 'my-old-bucket' });
  });

  test('it carries over what the config of another host says, and tells what it cannot', async () => {
    const cwd = tempDir({
      'netlify.toml': [
        '[build]',
        'publish = "out"',
        'command = "make"',
        '[[redirects]]',
        'from = "/old/*"',
        'to = "/new/:splat"',
        'status = 302',
        '[[headers]]',
        'for = "/*"',
        '[headers.values]',
        'X-Team = "web"',
        '[functions]',
        'directory = "f"',
      ].join('\n'),
    });
    const end = await run(cwd, ['init', '--site', 'docs']);
    expect(end.stderr).toMatch(/Carried over +netlify\.toml:2 build\.publish → dir/);
    expect(end.stderr).toMatch(/Left +netlify\.toml:3 build\.command: cdnpub publishes what was built/);
    expect(end.stderr).toMatch(/Left +netlify\.toml:12 functions: /);
    expect(configOf(cwd)).toMatchObject({
      dir: 'out',
      headers: [{ match: '/*', set: { 'X-Team': 'web' } }],
      redirects: [{ from: '/old/*', to: '/new/:splat', status: 302 }],
    });
  });

  describe('and then', () => {
    let cloud: TestCloud;
    beforeAll(async () => {
      cloud = await startCloud();
    });
    afterAll(() => cloud.close());

    test('it notes whose account the credentials are', async () => {
      const cwd = tempDir({ ...site, 'package.json': '{ "name": "docs" }' });
      expect((await cloud.run(['init', '--json'], { cwd })).json()).toMatchObject({
        config: { account: cloud.cloud.account },
      });
    });

    test('deploy needs no flag but --yes', async () => {
      const cwd = tempDir({ ...site, 'package.json': '{ "name": "docs" }' });
      expect((await run(cwd, ['init', '--region', 'eu-west-1'])).code).toBe(0);
      const end = await cloud.run(['deploy', '--yes', '--json'], { cwd });
      expect(end.json()).toMatchObject({ ok: true, site: 'docs', files: { total: 4 } });
    });
  });
});

describe('dev', () => {
  const ask = (url: string, path: string) => fetchEdge(new URL(url).host, path);

  /** Waits until a path answers so: a redeploy may begin before the last file of a change is written. */
  async function untilServed(dev: FollowedDev, url: string, path: string, text: string): Promise<void> {
    while ((await ask(url, path)).text !== text) await dev.next('deployed');
  }

  test('serves the build, deploys each change, waits a rebuild out, and ends within five seconds', {
    timeout: 120_000,
  }, async () => {
    const cwd = tempDir(site);
    const dev = followDev(cwd, ['dist', '--site', 'docs']);
    const { url, endpoint, accessKeyId } = await dev.next('ready');
    expect(url).toMatch(/^http:\/\/localhost:\d+\/$/);
    expect(accessKeyId).toMatch(/^AKIA/);
    const first = await dev.next('deployed');
    expect(first).toMatchObject({ ok: true, state: 'live', site: 'docs', files: { total: 4 } });
    expect(first.url).toMatch(/^http:\/\/d\w+\.localhost:\d+$/);
    expect((await ask(url, '/about/')).text).toBe('<p>about');
    expect((await fetchEdge(new URL(first.url ?? '').host, '/')).text).toBe('<p>home');

    writeTree(cwd, built({ 'about/index.html': 'changed' }));
    expect(await dev.next('deployed')).toMatchObject({ ok: true, files: { changed: ['about/index.html'] } });
    expect((await ask(url, '/about/')).text).toBe('changed');

    rmSync(join(cwd, 'dist'), { recursive: true });
    mkdirSync(join(cwd, 'dist'));
    expect(['E_EMPTY', 'E_DIR', 'E_NO_INDEX']).toContain((await dev.next('waiting')).code);
    expect((await ask(url, '/about/')).text).toBe('changed');
    writeTree(cwd, built({ 'index.html': 'rebuilt', 'new/index.html': 'new' }));
    await untilServed(dev, url, '/', 'rebuilt');
    expect((await ask(url, '/new/')).text).toBe('new');
    // A folder inside that is emptied and filled goes on being watched, too.
    rmSync(join(cwd, 'dist/new'), { recursive: true });
    writeTree(cwd, built({ 'new/index.html': 'newer' }));
    await untilServed(dev, url, '/new/', 'newer');
    writeTree(cwd, built({ 'new/index.html': 'newest' }));
    await untilServed(dev, url, '/new/', 'newest');

    const status = await run(cwd, ['status', '--local', '--site', 'docs', '--json']);
    expect(status.json()).toMatchObject({ ok: true, site: 'docs', url: first.url, drift: false });
    const joined = await run(cwd, ['deploy', 'dist', '--local', '--site', 'docs', '--json']);
    expect(joined.json()).toMatchObject({ ok: true, state: 'unchanged' });

    const startedMs = Date.now();
    dev.kill('SIGINT');
    expect(await dev.end).toMatchObject({ code: 130, stderr: '' });
    expect(Date.now() - startedMs).toBeLessThan(5_000);
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  test('keeps its state: another start finds the site as it was, and so does --local without it', async () => {
    const cwd = tempDir(site);
    const first = followDev(cwd, ['dist', '--site', 'docs']);
    const before = await first.next('deployed');
    first.kill('SIGTERM');
    expect((await first.end).code).toBe(143);
    const status = await run(cwd, ['status', '--local', '--site', 'docs', '--json']);
    expect(status.json()).toMatchObject({ release: before.release, distribution: { id: before.distribution?.id } });
    const second = followDev(cwd, ['dist', '--site', 'docs']);
    const { url } = await second.next('ready');
    expect(await second.next('deployed')).toMatchObject({ ok: true, state: 'unchanged', release: before.release });
    expect((await ask(url, '/about/')).text).toBe('<p>about');
    second.kill('SIGINT');
    await second.end;
  });

  test('sees what changes while its first deploy runs', async () => {
    const cwd = tempDir(site);
    const dev = followDev(cwd, ['dist', '--site', 'docs']);
    const { url, endpoint } = await dev.next('ready');
    const { setFaults, untilStruck, clearFaults } = faultsOf(endpoint);
    await setFaults([
      { match: { op: 'PutObject', key: '.cdnpub/channels/live/manifest' }, times: 1, do: { hold: true } },
    ]);
    await untilStruck();
    writeTree(cwd, built({ 'index.html': 'changed meanwhile' }));
    await clearFaults();
    await untilServed(dev, url, '/', 'changed meanwhile');
    dev.kill('SIGINT');
    await dev.end;
  });

  test('ends within five seconds whatever its deploy waits for', async () => {
    const cwd = tempDir(site);
    const dev = followDev(cwd, ['dist', '--site', 'docs']);
    const { endpoint } = await dev.next('ready');
    const { setFaults, untilStruck } = faultsOf(endpoint);
    await setFaults([
      { match: { op: 'PutObject', key: '.cdnpub/channels/live/manifest' }, times: 1, do: { hold: true } },
    ]);
    await untilStruck();
    const startedMs = Date.now();
    dev.kill('SIGINT');
    expect(await dev.end).toMatchObject({ code: 130, stderr: '' });
    expect(Date.now() - startedMs).toBeLessThan(5_000);
  });

  test('waits for a folder that is not built yet', async () => {
    const cwd = tempDir();
    const dev = followDev(cwd, ['dist', '--site', 'docs']);
    const { url } = await dev.next('ready');
    expect(await dev.next('deployed')).toMatchObject({ ok: false, error: { code: 'E_DIR' } });
    writeTree(cwd, site);
    await untilServed(dev, url, '/about/', '<p>about');
    dev.kill('SIGINT');
    await dev.end;
  });

  test('--once deploys and ends, with the exit code of the deploy', async () => {
    const cwd = tempDir({ ...site, 'nothing/.keep': '' });
    const good = followDev(cwd, ['dist', '--site', 'docs', '--once']);
    expect(await good.next('deployed')).toMatchObject({ ok: true, state: 'live' });
    expect((await good.end).code).toBe(0);
    const bad = followDev(cwd, ['nothing', '--site', 'docs', '--once']);
    expect(await bad.next('deployed')).toMatchObject({ ok: false, error: { code: 'E_EMPTY' } });
    expect((await bad.end).code).toBe(3);
  });

  test('says which port is taken, and whose the state is', async () => {
    const cwd = tempDir(site);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const taken = await run(cwd, ['dev', 'dist', '--json', '--port', `${port}`, '--cloud-port', '0']);
    expect(taken.json()).toMatchObject({
      ok: false,
      exit: 2,
      error: { code: 'E_USAGE', message: `port ${port} is in use` },
    });
    const dev = followDev(cwd, ['dist', '--site', 'docs']);
    await dev.next('deployed');
    const second = await run(cwd, ['dev', 'dist', '--json', '--port', '0', '--cloud-port', '0']);
    expect(second.json()).toMatchObject({ ok: false, exit: 2, error: { code: 'E_USAGE' } });
    dev.kill('SIGINT');
    await dev.end;
  });

  test('people are told where the site is', async () => {
    const cwd = tempDir(site);
    const end = await run(cwd, ['dev', 'dist', '--once', '--port', '0', '--cloud-port', '0', '--site', 'docs']);
    expect(end).toMatchObject({ code: 0, stdout: '' });
    expect(end.stderr).toMatch(/Site +http:\/\/localhost:\d+\/\n/);
    expect(end.stderr).toMatch(/Changed +4 added/);
  });

  test('what it leaves in the project is never published', async () => {
    const cwd = join(tempDir(), 'site');
    writeTree(cwd, smallSite);
    const dev = followDev(cwd, ['.', '--site', 'docs', '--once']);
    const { files } = await dev.next('deployed');
    expect(files.added.filter((key) => key.includes('.cdnpub'))).toEqual([]);
    expect((await dev.end).code).toBe(0);
    const again = followDev(cwd, ['.', '--site', 'docs', '--once']);
    expect(await again.next('deployed')).toMatchObject({ ok: true, state: 'unchanged' });
    await again.end;
  });
});
