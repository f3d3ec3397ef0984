import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { put } from './refusals/row.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const save = (project: Project) => project.deploy(['--dry-run', '--out', 'plan.json']);
const carryOut = (project: Project, ...flags: string[]) => project.deploy(['--plan', 'plan.json', '--yes', ...flags]);

test('a saved plan of a first deploy, then of a later one, is carried out as it stands', async () => {
  const project = openProject(cloud);
  expect(await save(project)).toMatchObject({ exit: 0, dryRun: true, changed: true });
  const { siteId, does } = JSON.parse(readFileSync(join(project.cwd, 'plan.json'), 'utf8'));
  expect(does.infrastructure[0]).toEqual({ kind: 'createBucket', digest: expect.stringMatching(/^[\da-f]{64}$/) });
  expect(await project.deploy(['--plan', 'plan.json'])).toMatchObject({ exit: 3, error: { code: 'E_CONFIRM' } });
  expect(await carryOut(project)).toMatchObject({ exit: 0, state: 'live' });

  project.build({ 'new.html': 'new' });
  await save(project);
  const later = JSON.parse(readFileSync(join(project.cwd, 'plan.json'), 'utf8'));
  expect(later.siteId).toBe(siteId);
  expect(later.does.changes.map(({ kind, key }: { kind: string; key: string }) => [kind, key])).toEqual([
    ['add', 'new.html'],
  ]);
  expect(await project.deploy(['--plan', 'plan.json', '--dry-run'])).toMatchObject({ exit: 0, changed: true });
  expect(await project.deploy(['--plan', 'plan.json'])).toMatchObject({ exit: 0, files: { added: ['new.html'] } });
  // It was for the site as it was before.
  expect(await project.deploy(['--plan', 'plan.json'])).toMatchObject({ exit: 3, error: { code: 'E_STALE' } });
});

describe('a saved plan is refused', () => {
  test.each<[string, (project: Project) => unknown, string]>([
    ['other bytes', (project) => project.build({ 'new.html': 'newer' }), 'the build holds other files'],
    ['another file', (project) => project.build({ 'more.html': 'more' }), 'the build holds other files'],
    ['another object', (project) => put(project, 'theirs.txt', 'theirs'), 'objects in the bucket were changed'],
    ['another deploy', (project) => project.publish(['--message', 'between']), 'another deploy has finished'],
  ])('after %s', async (_, between, what) => {
    const project = openProject(cloud);
    await project.publish();
    project.build({ 'new.html': 'new' });
    await save(project);
    await between(project);
    const result = await carryOut(project);
    expect(result).toMatchObject({ exit: 3, changed: false, error: { code: 'E_STALE' } });
    expect(result.error?.message).toContain(what);
  });
});

describe('the flags', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['--out without --dry-run', ['--out', 'plan.json'], /saves the plan of a dry run/],
    ['--out into the build', ['--dry-run', '--out', 'dist/plan.json'], /lies in the build/],
    ['--out where no file can be', ['--dry-run', '--out', 'missing/plan.json'], /cannot be written/],
    ['--plan without a file', ['--plan', 'missing.json'], /cannot be read/],
    ['--plan of something else', ['--plan', 'other.json'], /is not a plan/],
  ])('%s', async (_, flags, message) => {
    const project = openProject(cloud);
    mkdirSync(project.cwd, { recursive: true });
    writeFileSync(join(project.cwd, 'other.json'), '{"schema":1,"kind":"cdnpub plan","siteId":"../x"}');
    const result = await project.deploy(flags);
    expect(result).toMatchObject({ exit: 2, error: { code: 'E_USAGE' } });
    expect(result.error?.message).toMatch(message);
  });
});
