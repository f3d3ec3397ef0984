import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import type { Tree } from '../support/temp-dir.ts';
import { openActionBench } from './action-bench.ts';
import { npmEnv, packCdnpub } from './pack-cdnpub.ts';
import type { ActionEnd, ActionJob } from './run-action.ts';
import { type GithubApi, startGithubApi } from './start-github-api.ts';

/** The action as GitHub runs it for each kind of event, with a server in place of GitHub's API. */
const bench = openActionBench();
const site = 'docs';
const token = 'ghs_secretsecretsecret';
let cloud: TestCloud;
let api: GithubApi;
let version: string;
let checkout: string;
let pushed: ActionEnd;

const build = (files: Tree): Tree =>
  Object.fromEntries(Object.entries(files).map(([key, value]) => [`dist/${key}`, value]));

interface Run {
  readonly event?: object;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly more?: Pick<ActionJob, 'cancel' | 'done'>;
  readonly checkout?: string;
}

/** Runs the action; what it installs is there after the first run, and is not installed again. */
function run({
  event = {},
  inputs = {},
  more = { done: ['install'] },
  checkout: at = checkout,
}: Run): Promise<ActionEnd> {
  const eventPath = join(bench.root, 'event.json');
  writeFileSync(eventPath, JSON.stringify(event));
  const env = {
    GITHUB_API_URL: api.url,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_REPOSITORY: 'octocat/docs',
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_RUN_ID: '77',
    GITHUB_SHA: 'merge00000',
  };
  const given = { version, dir: 'dist', site, ...inputs };
  return bench.run(at, given, { ...cloud.env, ...npmEnv(), ...env }, { token, ...more });
}

const pullRequest = (number: number, from: string | null = 'octocat/docs'): object => ({
  pull_request: {
    number,
    head: { sha: '0123456789abcdef0123', repo: from === null ? null : { full_name: from } },
    base: { repo: { full_name: 'octocat/docs' } },
  },
});

const commentsOf = (number: number): readonly string[] => (api.comments.get(number) ?? []).map(({ body }) => body);

beforeAll(async () => {
  [cloud, api] = await Promise.all([startCloud(), startGithubApi()]);
  version = packCdnpub(bench.root);
  checkout = bench.checkOut(build(smallSite));
  pushed = await run({ inputs: { yes: 'true' }, more: {} });
}, 180_000);

beforeEach(() => {
  api.fail(0);
  api.asked.length = 0;
});

afterAll(async () => {
  bench.remove();
  await Promise.all([cloud.close(), api.close()]);
});

describe('a push', () => {
  test('has a summary of what changed, and no comment', () => {
    const { url } = pushed.outputs;
    expect(pushed).toMatchObject({ code: 0, commands: [] });
    expect(pushed.summary).toContain(`### cdnpub: docs is live at ${url}`);
    expect(pushed.summary).toMatch(/- Files: 5 added; .* in all\n- Sent: .*\n/);
    expect(pushed.summary).toMatch(/\| `\+` \| <code>index&#46;html<\/code> \| new \| \d+ B \|/);
    expect(api.comments.size).toBe(0);
  });

  test('that changes a page tells the invalidation', async () => {
    writeFileSync(join(checkout, 'dist/about/index.html'), 'changed');
    const end = await run({});
    expect(end.outputs).toMatchObject({ changed: 'true', 'invalidation-id': expect.stringMatching(/^I\w+$/) });
    expect(end.summary).toContain('- Invalidated: 1 path (<code>/about/');
    expect(end.summary).toMatch(/- Took \d/);
  });
});

describe('a pull request', () => {
  test('is shown the plan, and then the address, in one comment that is kept up to date', async () => {
    writeFileSync(join(checkout, 'dist/new.html'), 'new');
    const event = pullRequest(1);
    const planned = await run({ event, inputs: { 'dry-run': 'true' } });
    expect(planned.code, planned.output).toBe(0);
    const [plan] = commentsOf(1);
    expect(plan).toMatch(/^<!-- cdnpub docs live -->\n### cdnpub: what would change on docs\n/);
    expect(plan).toContain('<code>new&#46;html</code>');
    expect(plan).toContain(
      'For <code>0123456789ab</code>, by [this run](https://github.example/octocat/docs/actions/runs/77).',
    );
    await run({ event });
    expect(commentsOf(1)).toEqual([expect.stringContaining(`docs is live at ${pushed.outputs.url}`)]);
    // Run again: nothing has changed.
    await run({ event });
    expect(commentsOf(1)).toEqual([expect.stringContaining('docs is unchanged')]);
  });

  test('whose comment stands behind a hundred others is found', async () => {
    const others = Array.from({ length: 120 }, (_, id) => ({ id: 1000 + id, body: `other ${id}` }));
    api.comments.set(2, [...others, { id: 5, body: '<!-- cdnpub docs live -->\nold' }]);
    await run({ event: pullRequest(2), inputs: { 'dry-run': 'true' } });
    expect(commentsOf(2)).toHaveLength(121);
    expect(commentsOf(2).at(-1)).not.toContain('old');
  });

  test.each([['octocat-friend/docs'], [null]])('from the fork %s is left alone, with a word', async (from) => {
    const end = await run({ event: pullRequest(3, from), inputs: { 'dry-run': 'true' } });
    expect(end.code).toBe(0);
    expect(end.output).toContain('comes from a fork');
    expect(api.asked).toEqual([]);
  });

  test.each([403, 500])('is deployed though its comment is answered with %i', async (status) => {
    api.fail(status);
    const end = await run({ event: pullRequest(4), inputs: { 'dry-run': 'true' } });
    expect(end.code).toBe(0);
    expect(end.commands).toEqual([
      { name: 'warning', text: `the comment could not be written: GitHub answered ${status}` },
    ]);
    expect(end.output).not.toContain(token);
  });

  test('is not commented where nobody wants it', async () => {
    await run({ event: pullRequest(5), inputs: { comment: 'false', 'dry-run': 'true' } });
    expect(api.asked).toEqual([]);
  });

  test('the token goes to the API alone', async () => {
    const end = await run({ event: pullRequest(6), inputs: { 'dry-run': 'true' } });
    expect(api.asked.every((line) => line.endsWith(`Bearer ${token}`))).toBe(true);
    expect(api.asked).not.toHaveLength(0);
    const written = [end.output, end.summary, ...commentsOf(6), readFileSync(end.outputs['json-file'] ?? '', 'utf8')];
    expect(written.join()).not.toContain(token);
  });

  test('that fails says why', async () => {
    const end = await run({ event: pullRequest(7), inputs: { bucket: 'nobody-made-this' } });
    expect(end.code).toBe(3);
    expect(end.commands).toEqual([{ name: 'error', text: expect.stringContaining('(E_CONFIRM)') }]);
    expect(commentsOf(7)).toEqual([expect.stringContaining('docs was not deployed')]);
    expect(commentsOf(7)[0]).toContain('<code>E&#95;CONFIRM</code>');
  });
});

test('a run that is cancelled gives its lock back and leaves the comment as it was', async () => {
  writeFileSync(join(checkout, 'dist/late.html'), 'late');
  await cloud.setFaults([{ match: { op: 'PutObject', key: 'late.html' }, times: 1, do: { latencyMs: 2_000 } }]);
  const end = await run({ event: pullRequest(8), more: { done: ['install'], cancel: cloud.untilStruck() } });
  await cloud.clearFaults();
  expect(end.code).toBe(130);
  expect(end.commands).toEqual([{ name: 'error', text: expect.stringContaining('interrupted (SIGINT)') }]);
  expect(commentsOf(8)).toEqual([]);
  const again = await run({ inputs: { 'lock-timeout': '0' } });
  expect(again, again.output).toMatchObject({ code: 0, outputs: { changed: 'true' } });
});

test('a rule that cannot be honoured is told at its line', async () => {
  const rules = '/old /new 301\n/api/* https://api.example.com/:splat 999\n';
  const broken = bench.checkOut(build({ ...smallSite, _redirects: rules }));
  const end = await run({ inputs: { 'dry-run': 'true' }, checkout: broken });
  expect(end.code, end.output).toBe(0);
  expect(end.commands).toEqual([
    { name: 'warning', properties: 'file=dist/_redirects,line=2', text: expect.stringContaining('999') },
  ]);
  const strict = await run({ inputs: { 'dry-run': 'true', strict: 'true' }, checkout: broken });
  expect(strict.code).toBe(2);
  expect(strict.commands).toEqual([
    { name: 'error', properties: 'file=dist/_redirects,line=2', text: expect.stringContaining('(E_RULES)') },
  ]);
});

test('names of files are no commands, no Markdown and no mention, wherever they are shown', async () => {
  const names = ['##[error]x.html', '::error::y.html', '@octocat <img src=x> [a](b) | `c`.html', '$(touch pwned).html'];
  for (const name of names) writeFileSync(join(checkout, 'dist', name), 'x');
  const end = await run({ event: pullRequest(9) });
  expect(end).toMatchObject({ code: 0, commands: [] });
  expect(readdirSync(checkout)).not.toContain('pwned');
  for (const text of [end.summary, ...commentsOf(9)]) {
    expect(text).not.toMatch(/@octocat|<img|\]\(b\)|##\[|::error/);
    expect(text).toContain('&#64;octocat');
  }
});
