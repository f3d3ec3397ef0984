import { describe, expect, test } from 'vitest';
import { type Bench, openBench } from '../support/open-bench.ts';
import { openProject, smallSite } from '../support/project.ts';
import { textOf } from '../support/read-bucket.ts';

const yearMs = 365 * 86_400_000;
const nothing = { empty: false, noIndex: false, projectRoot: false, secrets: false, massDelete: false };
const allowed = { ...nothing, adopt: false, older: false };

describe('an older run of the same workflow', () => {
  const ci = { provider: 'github', repository: 'ann/docs', workflow: 'pages', ref: 'refs/heads/main', runNumber: 8 };
  const by = (given: Partial<typeof ci>) => ({
    run: { user: 'ann', host: 'runner', message: null, ci: { ...ci, url: 'https://ci/1', commit: 'abc', ...given } },
  });
  const rows: readonly (readonly [string, Partial<typeof ci>, number, string | undefined])[] = [
    ['an older one', { runNumber: 7 }, 0, 'E_OLDER'],
    ['an older one that begins a year later', { runNumber: 7 }, yearMs, 'E_OLDER'],
    ['the same one again', { runNumber: 8 }, 0, undefined],
    ['a newer one by a clock that is a year slow', { runNumber: 9 }, -yearMs, undefined],
    ['a smaller number of another workflow', { runNumber: 1, workflow: 'other' }, 0, undefined],
    ['a smaller number on another branch', { runNumber: 1, ref: 'refs/heads/next' }, 0, undefined],
    ['a smaller number of another repository', { runNumber: 1, repository: 'bob/docs' }, 0, undefined],
  ];

  test.each(rows)('%s', async (_, given, skewMs, code) => {
    const { project, time, publish, deploy } = await openBench();
    await publish(by({}));
    project.build({ 'index.html': 'new' });
    const result = await deploy({ ...by(given), clock: { ...time.clock(), now: () => time.now() + skewMs } });
    expect(result.error?.code).toBe(code);
    expect(await textOf(project, 'index.html')).toBe(code === undefined ? 'new' : smallSite['index.html']);
  });

  // Without: next-manifest.ts: `newestRuns` of this run alone.
  test.each<[string, (bench: Bench, release: string) => Promise<unknown>]>([
    ['a person’s deploy', ({ publish }) => publish()],
    ['a rollback', ({ rollback }, release) => rollback({ release, hold: false })],
    ['a run of another branch', ({ publish }) => publish(by({ ref: 'refs/heads/next', runNumber: 3 }))],
    [
      'an older one that was allowed',
      ({ publish }) => publish({ ...by({ runNumber: 7 }), allowed: { ...allowed, older: true } }),
    ],
  ])('is refused after %s in between', async (_, publishBetween) => {
    const bench = await openBench();
    const { project, publish, deploy } = bench;
    const { release } = await publish(by({ runNumber: 6 }));
    project.build({ 'index.html': 'eight' });
    await publish(by({}));
    project.build({ 'index.html': 'between' });
    await publishBetween(bench, release ?? '');
    project.build({ 'index.html': 'new' });
    expect((await deploy(by({ runNumber: 7 }))).error?.code).toBe('E_OLDER');
    expect((await deploy(by({ runNumber: 8 }))).error?.code).toBeUndefined();
  });

  test('is refused from GitHub’s variables, and allowed by --allow-older', async () => {
    const { cloud } = await openBench();
    const project = openProject(cloud);
    const env = (run: string) => ({
      ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'ann/docs', GITHUB_WORKFLOW: 'pages' },
      ...{ GITHUB_REF: 'refs/heads/main', GITHUB_RUN_NUMBER: run },
    });
    await project.publish(['--no-cdn'], { env: env('10') });
    project.build({ 'index.html': 'new' });
    expect(await project.deploy(['--no-cdn'], { env: env('9') })).toMatchObject({
      exit: 3,
      error: { code: 'E_OLDER' },
    });
    expect(await project.deploy(['--no-cdn', '--allow-older'], { env: env('9') })).toMatchObject({ state: 'live' });
  });
});
