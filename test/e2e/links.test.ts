import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject, smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

test('links that will be a 404 are warnings of the deploy that brings them, and stop a strict one', async () => {
  const project = openProject(cloud, { ...smallSite, 'blog/index.html': '<a href="/about/">\n<a href="/About/">' });
  const first = await project.publish();
  const capitals = 'blog/index.html:2: leads to /About/, but the file is about/index.html: capitals matter';
  expect(first.warnings).toContain(capitals);

  // What did not change is not looked at again, but for what is new it counts.
  project.build({
    'news.html': '<a href="/blog/"><a href="/kept-open.js"><a href="/old">',
    _redirects: '/old /about/ 301',
  });
  const strict = await project.deploy(['--strict']);
  expect(strict).toMatchObject({ exit: 2, state: 'unchanged', error: { code: 'E_RULES' } });
  expect(strict.error?.message).toBe(
    '1 link needs a look:\n  news.html:1: leads to /kept-open.js, which will be a 404',
  );

  project.build({ 'news.html': '<a href="/blog/"><a href="/old">' });
  const second = await project.publish(['--strict']);
  expect(second.warnings.filter((warning) => warning.includes('leads to'))).toEqual([]);
});

test('GitHub shows them at the line of the build', async () => {
  const project = openProject(cloud, { ...smallSite, 'blog/index.html': '<p>\n<a href="/no">' });
  const env = { ...cloud.env, GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: project.cwd };
  const end = await project.run(['deploy', 'dist', '--dry-run'], { env });
  expect(end.stdout + end.stderr).toContain(
    '::warning file=dist/blog/index.html,line=2::leads to /no, which will be a 404',
  );
});
