import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

let cloud: TestCloud;
let project: Project;

beforeAll(async () => {
  cloud = await startCloud();
  const _redirects = '/old /about/ 301\n/fr / 302 Language=fr';
  project = openProject(cloud, { ...smallSite, _redirects, _headers: '/about\n  X-Frame-Options: DENY' });
});

afterAll(() => cloud.close());

test('a build is explained without credentials, on standard output', async () => {
  const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_ENDPOINT_URL: undefined };
  const end = await project.run(['explain', '/old', 'dist'], { cwd: project.cwd, env: { ...env } });
  expect(end.code).toBe(0);
  expect(end.stdout).toContain(
    '  /old          → 301 /about/                             _redirects:1  /old /about/ 301\n',
  );
  expect(end.stdout).toMatch(/^ {2}\/about\/ +→ 200 about\/index\.html/m);
  expect(end.stdout).toMatch(/^ {2}purged by +path \/about\/index\.html, or tags /m);
});

test('the example of the README is what is printed', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const { stdout } = await project.run(['explain', '/old', 'dist']);
  expect(readme).toContain(`\`\`\`text\n${stdout}\`\`\`\n`);
});

test('with --json there is one object, and no value of a header of the request', async () => {
  const args = ['explain', '/fr', 'dist', '--json', '-H', 'Accept-Language: fr', '-H', 'Cookie: s=very-secret'];
  const end = await project.run(args);
  expect(end.json()).toMatchObject({ schema: 1, ok: true, exit: 0, from: 'build', end: 'answered', hops: [{}, {}] });
  expect(end.stdout + end.stderr).not.toContain('very-secret');
});

test('a site that was never published, and words that are no request, are told as everywhere', async () => {
  expect((await project.run(['explain', '/', '--json'])).json()).toMatchObject({
    exit: 2,
    error: { code: 'E_CONFIG' },
  });
  const rows = [
    ['explain', '/', 'dist', '-H', 'secret'],
    ['explain', '/', 'dist', '--country', 'Germany'],
    ['explain', '/', 'dist', '--method', 'GETT'],
    ['explain'],
  ];
  for (const row of rows) {
    const end = await project.run([...row, '--json']);
    expect(end.json(), row.join(' ')).toMatchObject({ exit: 2, error: { code: 'E_USAGE' } });
  }
});

test('the live site is explained from its record', async () => {
  const { release } = await project.publish();
  const end = await project.run(['explain', '/old']);
  expect(end.stderr).toContain(`  Release       ${release}`);
  expect(end.stdout).toContain('_redirects:1  /old /about/ 301');
});
