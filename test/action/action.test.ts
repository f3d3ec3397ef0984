import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import type { Tree } from '../support/temp-dir.ts';
import { openActionBench } from './action-bench.ts';
import { npmEnv, packCdnpub } from './pack-cdnpub.ts';
import type { ActionEnd } from './run-action.ts';
import { workflowCommands } from './workflow-commands.ts';

/** The action's own steps, run as a runner does, with the packed program against the local cloud. */
const bench = openActionBench();
let cloud: TestCloud;
let version: string;

beforeAll(async () => {
  cloud = await startCloud();
  version = packCdnpub(bench.root);
}, 120_000);

afterAll(async () => {
  bench.remove();
  await cloud.close();
});

const run = (checkout: string, inputs: Readonly<Record<string, string>>): Promise<ActionEnd> =>
  bench.run(checkout, { version, ...inputs }, { ...cloud.env, ...npmEnv() });

const build = (files: Tree): Tree =>
  Object.fromEntries(Object.entries(files).map(([key, value]) => [`dist/${key}`, value]));

const resultOf = ({ outputs }: ActionEnd): unknown => JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8'));

describe('deploys', () => {
  const site = 'action-deploys';
  let checkout: string;
  let first: ActionEnd;

  beforeAll(async () => {
    checkout = bench.checkOut(build(smallSite));
    first = await run(checkout, { dir: 'dist', site, yes: 'true', message: 'from the action' });
  }, 240_000);

  test('the first one publishes and hands on where', async () => {
    const { url = '', release, changed } = first.outputs;
    expect(first).toMatchObject({ code: 0, commands: [] });
    expect(Object.keys(first.outputs)).toEqual([
      ...['url', 'release', 'distribution-id', 'invalidation-id', 'changed', 'uploaded-bytes', 'json-file'],
    ]);
    expect(first.outputs['distribution-id']).toMatch(/^E\w+$/);
    expect(Number(first.outputs['uploaded-bytes'])).toBeGreaterThan(0);
    expect(url).toMatch(/^https:\/\/\w+\.localhost$/);
    expect(release).toMatch(/^r-\d{8}-\d{6}-[0-9a-f]{6}$/);
    expect(changed).toBe('true');
    expect(resultOf(first)).toMatchObject({ ok: true, site, url, release });
    expect(first.output).toContain(`${url}\n`);
    const home = await cloud.ask(new URL(url).hostname, '/');
    expect(home).toMatchObject({ status: 200, text: smallSite['index.html'] });
  });

  test('the second one has nothing to do', async () => {
    const second = await run(checkout, { dir: 'dist', site });
    const { url, release } = first.outputs;
    expect(second).toMatchObject({ code: 0, commands: [], outputs: { url, release, changed: 'false' } });
    expect(resultOf(first), 'the first result is still there').toMatchObject({ changed: true });
  });

  test('the directory may come from the config', async () => {
    const config = JSON.stringify({ site: 'action', dir: 'dist', env: { deploys: {} } });
    const configured = bench.checkOut({ ...build(smallSite), 'site.json': config });
    const end = await run(configured, { config: 'site.json', environment: 'deploys' });
    expect(end.outputs).toMatchObject({ url: first.outputs.url, changed: 'false' });
  });

  test('a dry run writes nothing', async () => {
    writeFileSync(join(checkout, 'dist/new.html'), 'new');
    const { next } = await cloud.requests();
    const end = await run(checkout, { dir: 'dist', site, 'dry-run': 'true' });
    expect(end).toMatchObject({ code: 0, outputs: { changed: 'true', url: first.outputs.url } });
    const { requests } = await cloud.requests(next);
    const writes = requests.filter(({ service, method }) => service !== 'sts' && !/^(?:GET|HEAD)$/.test(method));
    expect(writes).toEqual([]);
  });
});

test('a refusal keeps its exit code, says why, and still has outputs', async () => {
  const end = await run(bench.checkOut(build(smallSite)), { dir: 'dist', site: 'action-refused' });
  expect(end.code).toBe(3);
  expect(end.commands).toEqual([{ name: 'error', text: expect.stringMatching(/\(E_CONFIRM\)%0ATry: --yes/) }]);
  expect(end.outputs).toMatchObject({ url: '', release: '', changed: 'false' });
  expect(resultOf(end)).toMatchObject({ error: { code: 'E_CONFIRM' } });
});

test('each problem of a config is an annotation at its line', async () => {
  const config = '{ "site": 7,\n "cdn": "100%" }';
  const end = await run(bench.checkOut({ ...build(smallSite), 'cdnpub.config.json': config }), { dir: 'dist' });
  expect(end.code).toBe(2);
  const at = (line: number, text: RegExp) => ({
    name: 'error',
    properties: expect.stringMatching(`^file=cdnpub\\.config\\.json,line=${line},col=\\d+$`),
    text: expect.stringMatching(text),
  });
  expect(end.commands).toEqual([at(1, /^site: .*\(E_CONFIG\)$/), at(2, /^cdn: .*100%25.*\(E_CONFIG\)$/)]);
  expect(end.summary).toContain('was not deployed');
});

test('names of files are published, and are no part of a script or a command', async () => {
  const names = [
    '$(touch x).html',
    '"; touch x; ".html',
    '##[set-output name=url]evil.html',
    '::set-output name=url::evil',
  ];
  const files = Object.fromEntries(names.map((name) => [name, 'x']));
  const checkout = bench.checkOut(build({ ...smallSite, ...files }));
  const end = await run(checkout, { dir: 'dist', site: 'action-names', yes: 'true' });
  expect(end).toMatchObject({ code: 0, commands: [] });
  expect(end.summary).toContain('<code>&#36;&#40;touch x&#41;&#46;html</code>');
  expect(workflowCommands(end.summary)).toEqual([]);
  expect(resultOf(end)).toMatchObject({ files: { added: expect.arrayContaining(names) } });
  expect(readdirSync(checkout).sort()).toEqual(['.git', 'dist']);
});

test('a name that would begin a command on a line of its own is refused and quoted', async () => {
  const checkout = bench.checkOut(build({ ...smallSite, 'a\n::set-output name=url::evil\n.html': 'x' }));
  const end = await run(checkout, { dir: 'dist', site: 'action-newline', yes: 'true' });
  expect(end).toMatchObject({ code: 2, commands: [{ name: 'error', text: expect.stringContaining('(E_DIR)') }] });
});
