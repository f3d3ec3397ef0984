import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject, smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const redirects = '/old /about/ 301\n/broken\n/about /x\n';

test('what is wrong with rules is told with its line, and stops no deploy', async () => {
  const project = openProject(cloud, { ...smallSite, _redirects: redirects });
  const result = await project.publish();
  expect(result.warnings).toEqual([
    '_redirects:2: a destination is missing: /broken /where/it/leads',
    '_redirects:3: never applies: about/index.html answers /about; 301! goes before files',
  ]);
  expect(result.files.leftOut).toEqual(['_redirects']);
});

test('people see it with the plan, and what is good to know where they ask for more', async () => {
  const project = openProject(cloud, { ...smallSite, _redirects: redirects });
  const plan = await project.run(['deploy', 'dist', '--dry-run']);
  expect(plan.stderr).toContain('  ! _redirects:2: a destination is missing');
  expect(plan.stderr).not.toContain('read as for Netlify');
  const more = await project.run(['deploy', 'dist', '--dry-run', '--verbose']);
  expect(more.stderr).toContain('  · _redirects:3: read as for Netlify');
});

test('--strict stops before AWS is asked for anything that changes, and lets clean rules pass', async () => {
  const project = openProject(cloud, { ...smallSite, _redirects: redirects });
  const refused = await project.deploy(['--yes', '--strict']);
  expect(refused).toMatchObject({ ok: false, exit: 2, state: 'unchanged', error: { code: 'E_RULES' } });
  expect(refused.error?.details.diagnostics).toMatchObject([
    { source: { file: '_redirects', line: 2 }, level: 'error' },
    { source: { file: '_redirects', line: 3 }, level: 'warning' },
  ]);
  project.build({ _redirects: '/old /about/ 301\n' });
  expect((await project.publish(['--strict'])).warnings).toEqual([]);
});
