import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../support/project.ts';
import { keysOf, textOf } from '../support/read-bucket.ts';
import { writesOf } from '../support/request-log.ts';
import { type RunningCli, startCdnpub } from '../support/run-cdnpub.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { put } from './refusals/row.ts';

const channel = '.cdnpub/channels/live/';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());
afterEach(async () => void (await cloud.clearFaults()));

/** A site with a change to publish. */
async function openChanged(): Promise<Project> {
  const project = openProject(cloud);
  await project.publish(['--no-cdn']);
  project.build({ 'index.html': 'new', 'new.txt': 'new' });
  return project;
}

/** Starts a deploy that takes a person's answers only from its flags. */
const start = ({ site, cwd }: Project, args: readonly string[] = []): RunningCli =>
  startCdnpub(['deploy', 'dist', '--no-cdn', '--json', '--site', site, ...args], { cwd, env: cloud.env });

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s', (signal, exit) => {
  test('while it uploads: what is under way is finished, nothing more is sent, the lock is given back', async () => {
    const project = await openChanged();
    await cloud.setFaults([{ match: { op: 'PutObject', key: 'new.txt' }, times: 1, do: { hold: true } }]);
    const { child, end } = start(project);
    await cloud.untilStruck();
    child.kill(signal);
    // The child has the signal before it has the reply.
    await sleep(200);
    const { next } = await cloud.requests();
    await cloud.clearFaults();
    const { code, ...ended } = await end;
    expect(code).toBe(exit);
    expect(ended.json()).toMatchObject({
      ok: false,
      exit,
      state: 'partial',
      error: { message: `interrupted (${signal})` },
    });
    expect(writesOf((await cloud.requests(next)).requests).map(({ op }) => op)).toEqual(['DeleteObjects']);
    expect(await keysOf(project, channel)).toEqual([
      expect.stringContaining('announcements/'),
      expect.stringContaining('manifest'),
      expect.stringContaining('releases/'),
    ]);
    expect(await project.deploy(['--no-cdn', '--lock-timeout', '0'])).toMatchObject({ state: 'live' });
    expect(await textOf(project, 'index.html')).toBe('new');
    expect(await project.deploy(['--no-cdn'])).toMatchObject({ state: 'unchanged' });
  });

  test('while it waits for another’s lock: it ends, and has written nothing', async () => {
    const project = await openChanged();
    const who = { user: 'bob', host: 'cellar', url: null, commit: null, release: 'r-1' };
    await put(project, `${channel}lock.json`, JSON.stringify({ schema: 1, id: 'L-1', nonce: 'n', ...who, beat: 0 }));
    const { next } = await cloud.requests();
    const { child, end } = start(project, ['--lock-timeout', '10m']);
    while (!(await cloud.requests(next)).requests.some(({ status }) => status === 412)) await sleep(50);
    child.kill(signal);
    const { code, ...ended } = await end;
    expect(code).toBe(exit);
    expect(ended.json()).toMatchObject({
      ok: false,
      exit,
      state: 'unchanged',
      error: { message: `interrupted (${signal})` },
    });
    expect(await keysOf(project, `${channel}lock.json`)).toHaveLength(1);
  });

  test('while it looks at what is there: it ends, and has written nothing', async () => {
    const project = await openChanged();
    await cloud.setFaults([{ match: { op: 'ListObjectsV2' }, times: 1, do: { hold: true } }]);
    const { next } = await cloud.requests();
    const { child, end } = start(project);
    await cloud.untilStruck();
    child.kill(signal);
    await sleep(200);
    await cloud.clearFaults();
    const { code, ...ended } = await end;
    expect(code).toBe(exit);
    expect(ended.json()).toMatchObject({
      ok: false,
      exit,
      state: 'unchanged',
      error: { message: `interrupted (${signal})` },
    });
    expect(writesOf((await cloud.requests(next)).requests)).toEqual([]);
  });
});

test('a second Ctrl-C ends at once, whatever is under way; the lock runs out by itself', async () => {
  const project = await openChanged();
  await cloud.setFaults([{ match: { op: 'PutObject', key: 'new.txt' }, times: 1, do: { hold: true } }]);
  const { child, end } = start(project);
  await cloud.untilStruck();
  child.kill('SIGINT');
  await sleep(200);
  child.kill('SIGINT');
  expect(await end).toMatchObject({ code: 130, stdout: '' });
  expect(await keysOf(project, `${channel}lock.json`)).toHaveLength(1);
});
