import { expect, test } from 'vitest';
import type { CiRun } from '../../../src/model/manifest.ts';
import { newestRuns } from '../../../src/plan/state/newest-runs.ts';
import { makeManifest } from '../../support/make-manifest.ts';

const run = (ref: string, runNumber: number): CiRun => ({
  ...{ provider: 'github', repository: 'ann/docs', workflow: 'pages', url: 'https://ci/1', commit: 'abc' },
  ...{ ref, runNumber },
});

const by = (ci: CiRun | null) => ({ user: 'ann', host: 'desk', message: null, ci });

test.each<[string, readonly CiRun[], CiRun | null, readonly CiRun[]]>([
  ['the first run', [], run('main', 1), [run('main', 1)]],
  ['a newer run takes the place of the one before', [run('main', 1)], run('main', 2), [run('main', 2)]],
  ['an older run that was allowed takes nobody’s place', [run('main', 2)], run('main', 1), [run('main', 2)]],
  ['another branch comes first and the rest stays', [run('main', 9)], run('next', 1), [run('next', 1), run('main', 9)]],
  ['a person changes nothing', [run('main', 9)], null, [run('main', 9)]],
])('%s', (_, before, ci, after) => {
  expect(newestRuns(makeManifest([], { newestRuns: before }), by(ci))).toEqual(after);
});

test('after a hundred others a branch is forgotten', () => {
  const many = Array.from({ length: 100 }, (_, n) => run(`branch-${n}`, 1));
  const after = newestRuns(makeManifest([], { newestRuns: many }), by(run('main', 1)));
  expect([after.length, after[0]?.ref, after.at(-1)?.ref]).toEqual([100, 'main', 'branch-98']);
});
