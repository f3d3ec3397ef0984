import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProject } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

const config = {
  maintenance: { allow: ['203.0.113.7'] },
  edge: { viewerRequest: './edge.js' },
};

const handler = `function handler(event) {
  event.request.headers['x-seen'] = { value: 'yes' };
  return event.request;
}`;

test('the site is closed and opened again from the command line, and its own function runs', async () => {
  const files = { 'cdnpub.config.json': JSON.stringify(config), 'edge.js': handler };
  const project = openProject(cloud, { 'index.html': 'home' }, files);
  const { domain } = await project.publish();
  expect(await cloud.ask(domain, '/')).toMatchObject({ status: 200, text: 'home' });
  const on = await project.run(['maintenance', 'on', '--json']);
  expect(on.stdout).toContain('"ok":true');
  expect(JSON.parse(on.stdout)).toMatchObject({ schema: 1, ok: true, maintenance: 'on', changed: true });
  expect(await cloud.ask(domain, '/')).toMatchObject({ status: 503, headers: { 'retry-after': '300' } });
  const told = await project.run(['maintenance']);
  expect(told.stdout).toBe('on\n');
  expect(told.stderr).toContain('visitors get the maintenance page');
  expect((await project.run(['maintenance', 'off'])).code).toBe(0);
  expect((await cloud.ask(domain, '/')).status).toBe(200);
});

test('a wish that is neither on nor off is a usage error', async () => {
  const end = await openProject(cloud).run(['maintenance', 'maybe', '--json']);
  expect(end.code).toBe(2);
  expect(JSON.parse(end.stdout)).toMatchObject({ ok: false, error: { code: 'E_USAGE' } });
});
