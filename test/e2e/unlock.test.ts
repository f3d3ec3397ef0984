import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lock } from '../../src/model/lock.ts';
import { objectsOf } from '../support/objects.ts';
import { openProject, type Project } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const key = '.cdnpub/channels/live/lock.json';

const held: Lock = {
  ...{ schema: 1, id: 'L-1a2b3c', nonce: 'theirs', user: 'bob', host: 'laptop', url: 'https://ci.example/7' },
  ...{ commit: null, release: 'r-20261122-101500-3f9a1c', beat: 3 },
};

async function locked(text = JSON.stringify(held)): Promise<Project> {
  const project = openProject(cloud);
  await project.publish(['--no-cdn']);
  await objectsOf(project).put(key, text);
  return project;
}

const refusals: readonly (readonly [string, readonly string[], string, RegExp])[] = [
  ['another id', ['L-999999', '--yes'], 'E_LOCKED', /the lock that is held is L-1a2b3c, not L-999999: bob on laptop/],
  [
    'no yes and no terminal',
    ['L-1a2b3c'],
    'E_CONFIRM',
    /bob on laptop \(https:\/\/ci\.example\/7\) is deploying release r-/,
  ],
  ['no id', [], 'E_USAGE', /id/i],
];

test.each(refusals)('with %s the lock stays', async (_, args, code, message) => {
  const project = await locked();
  const { next } = await cloud.requests();
  const { error } = (await project.run(['unlock', '--json', ...args])).json<{ error: object }>();
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(writesOf((await cloud.requests(next)).requests)).toEqual([]);
  expect(await objectsOf(project).text(key)).toBe(JSON.stringify(held));
});

test('the lock that a refused deploy names is taken away, and the next deploy goes through', async () => {
  const project = await locked();
  project.build({ 'about/index.html': 'second' });
  const args = ['--no-cdn', '--lock-timeout', '0'];
  const refused = await project.deploy(args);
  expect(refused.error).toMatchObject({ code: 'E_LOCKED', details: { lock: 'L-1a2b3c' } });
  const { stderr } = await project.run(['unlock', 'L-1a2b3c', '--yes']);
  expect(stderr).toMatch(/Unlocked +L-1a2b3c\n +bob on laptop .* its last sign of life is \d+ s old/);
  expect(await project.deploy(args)).toMatchObject({ ok: true, state: 'live' });
});

test('programs read whose lock it was; a lock that is gone already is no error', async () => {
  const project = await locked();
  const first = await project.run(['unlock', 'L-1a2b3c', '--yes', '--json']);
  expect(first.json()).toMatchObject({
    ...{ ok: true, exit: 0, changed: true },
    lock: { id: 'L-1a2b3c', user: 'bob', host: 'laptop', ageSeconds: expect.any(Number) },
  });
  const again = await project.run(['unlock', 'L-1a2b3c', '--yes', '--json']);
  expect(again.json()).toMatchObject({ ok: true, exit: 0, changed: false, lock: null });
});

test('a lock that nobody can read has an id too', async () => {
  const project = await locked('garbled');
  expect((await project.run(['unlock', 'L-unreadable', '--yes', '--json'])).json()).toMatchObject({ changed: true });
});
