import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../src/local-cloud/clock.ts';
import type { FaultRule } from '../support/faults.ts';
import { objectsOf } from '../support/objects.ts';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import { startCdnpub } from '../support/run-cdnpub.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

/** The cloud's clock can be set forward; the program's own cannot. */
let aheadMs = 0;
const clock: Clock = { now: () => Date.now() + aheadMs, after: systemClock.after };

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud({ clock });
});
afterAll(() => cloud.close());
afterEach(async () => {
  await cloud.clearFaults();
  aheadMs = 0;
});

test('files go up before the pages that need them, removals come last, the record at the very end', async () => {
  const project = openProject(cloud, {
    ...{ ...smallSite, 'docs/index.html': '', 'gone/index.html': '' },
    ...{ 'sw.js': 'old', 'gone.css': '' },
  });
  await project.publish();
  project.unbuild('gone', 'gone.css');
  project.build({
    ...{ 'sw.js': 'new', 'index.html': 'new', 'about/index.html': 'new', 'added/index.html': 'new' },
    ...{ 'style.css': 'new', 'assets/app-9c4d21ab.js': 'new' },
  });
  const { next } = await cloud.requests();
  await project.publish();
  const writes = writesOf((await cloud.requests(next)).requests).map(({ op, key = '' }) => `${op} ${key}`.trim());
  expect(writes.map((write) => write.replace(/r-\d+-\d+-\w+/, 'RUN'))).toEqual([
    'PutObject .cdnpub/channels/live/lock.json',
    'PutObject .cdnpub/channels/live/announcements/RUN',
    'PutObject assets/app-9c4d21ab.js',
    'PutObject style.css',
    'PutObject added/index.html',
    'PutObject about/index.html',
    'PutObject index.html',
    'DeleteObjects',
    'CreateInvalidation',
    'PutObject sw.js',
    'DeleteObjects',
    'CreateInvalidation',
    'PutObject .cdnpub/channels/live/releases/RUN',
    'PutObject .cdnpub/channels/live/manifest',
    'DeleteObjects',
    'DeleteObjects',
  ]);
});

describe('a deploy that cannot go on', () => {
  test('leaves the pages alone when a file that they need changes under it', async () => {
    const project = openProject(cloud, { ...smallSite, 'a.css': 'old', 'b.css': 'old' });
    const { domain } = await project.publish();
    project.build({ 'a.css': 'new', 'b.css': 'new', 'index.html': 'new', 'about/index.html': 'new' });
    await cloud.setFaults([{ match: { op: 'PutObject', key: 'a.css' }, times: 1, do: { hold: true } }]);
    const deploying = project.deploy(['--concurrency', '1']);
    await cloud.untilStruck();
    project.build({ 'b.css': 'newer than the scan' });
    await cloud.clearFaults();
    expect(await deploying).toMatchObject({
      ...{ exit: 1, state: 'partial', error: { code: 'E_PARTIAL' } },
      files: { failed: [{ key: 'b.css', code: 'E_PARTIAL' }] },
    });
    expect((await cloud.ask(domain, '/')).text).toBe(smallSite['index.html']);
    expect((await project.run(['status', '--json'])).json()).toMatchObject({ unfinished: [expect.any(String)] });
    await project.publish();
    expect((await cloud.ask(domain, '/')).text).toBe('new');
    expect((await cloud.ask(domain, '/b.css')).text).toBe('newer than the scan');
    expect((await project.run(['status', '--json'])).json()).toMatchObject({ unfinished: [], drift: false });
  });

  test('finishes what it is sending after Ctrl-C, says how it stands, and lets the next one in', async () => {
    const project = openProject(cloud);
    await project.publish();
    project.build({ 'index.html': 'new', 'style.css': 'new' });
    const { end } = await interrupt(project, 'SIGINT', { latencyMs: 1_500 });
    const { code, ...result } = await end;
    expect(code).toBe(130);
    expect(result.json()).toMatchObject({
      ok: false,
      exit: 130,
      state: 'partial',
      error: { message: 'interrupted (SIGINT)' },
    });
    expect(await objectsOf(project).text('style.css')).toBe('new');
    await cloud.clearFaults();
    expect(await project.deploy(['--lock-timeout', '0'])).toMatchObject({ ok: true, state: 'live' });
  });

  test('ends within five seconds of Ctrl-C whatever hangs, and says how it stands', async () => {
    const project = openProject(cloud);
    await project.publish();
    project.build({ 'index.html': 'new', 'style.css': 'new' });
    const { end, startedMs } = await interrupt(project, 'SIGINT', { hold: true });
    const { code, ...result } = await end;
    expect(Date.now() - startedMs).toBeLessThan(5_500);
    expect(code).toBe(130);
    expect(result.json()).toMatchObject({ ok: false, exit: 130, state: 'partial' });
  });

  test('ends at once after Ctrl-C while nothing was written yet', async () => {
    const project = openProject(cloud);
    await project.publish();
    project.build({ 'index.html': 'new' });
    const { end } = await interrupt(project, 'SIGINT', { hold: true }, { op: 'ListObjectsV2' });
    const { code, ...result } = await end;
    expect(code).toBe(130);
    expect(result.json()).toMatchObject({ ok: false, exit: 130, state: 'unchanged', changed: false });
  });

  test('ends with 143 when it is told to', async () => {
    const project = openProject(cloud);
    await project.publish();
    project.build({ 'index.html': 'new', 'style.css': 'new' });
    const { end } = await interrupt(project, 'SIGTERM', { latencyMs: 500 });
    expect((await end).code).toBe(143);
  });

  test('and is killed is mended by the next one, when its lock has run out by S3’s clock', async () => {
    const project = openProject(cloud);
    const { domain } = await project.publish();
    for (const path of ['/', '/style.css']) await cloud.ask(domain, path);
    project.build({ 'index.html': 'new', 'style.css': 'new' });
    const { end } = await interrupt(project, 'SIGKILL', { hold: true });
    expect((await end).signal).toBe('SIGKILL');
    await cloud.clearFaults();
    expect(await objectsOf(project).text('style.css')).toBe('new');
    const refused = await project.deploy(['--lock-timeout', '0']);
    expect(refused).toMatchObject({ exit: 3, error: { code: 'E_LOCKED' }, state: 'unchanged' });
    aheadMs = 151_000;
    const mended = await project.deploy(['--lock-timeout', '0']);
    expect(mended).toMatchObject({ ok: true, state: 'live' });
    expect((await cloud.ask(domain, '/')).text).toBe('new');
    expect((await cloud.ask(domain, '/style.css')).text).toBe('new');
    expect(await project.deploy()).toMatchObject({ state: 'unchanged' });
  });
});

/** Starts a deploy, and sends it a signal while a request of it is under way. */
async function interrupt(
  project: Project,
  signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
  fault: FaultRule['do'],
  match: FaultRule['match'] = { op: 'PutObject', key: 'style.css' },
) {
  await cloud.setFaults([{ match, times: 1, do: fault }]);
  const args = ['deploy', 'dist', '--site', project.site, '--json'];
  const { child, end } = startCdnpub(args, { cwd: project.cwd, env: cloud.env });
  await cloud.untilStruck();
  // The child is past its own request by then, and waits for the reply.
  await sleep(100);
  const startedMs = Date.now();
  child.kill(signal);
  return { end, startedMs };
}
