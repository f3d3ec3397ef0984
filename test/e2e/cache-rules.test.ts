import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProject, smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';

const immutable = 'public, max-age=31536000, immutable';

describe('how files are kept, without a config', () => {
  let cloud: TestCloud;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.close());

  const cacheOf = async (domain: string, path: string) => (await cloud.ask(domain, path)).headers['cache-control'];

  test("a generator's names are told from the build alone", async () => {
    const { domain } = await openProject(cloud, {
      'index.html': '<p>home',
      'page-data/app-data.json': '{}',
      'page-data/sq/d/1a2b3c4d.json': '{}',
      'framework-01234567890123456789.js': '1',
      'static/photo-01234567890123456789012345678901.svg': '<svg/>',
    }).publish();
    expect(await cacheOf(domain, '/framework-01234567890123456789.js')).toBe(immutable);
    expect(await cacheOf(domain, '/static/photo-01234567890123456789012345678901.svg')).toBe(immutable);
    expect(await cacheOf(domain, '/page-data/sq/d/1a2b3c4d.json')).toContain('must-revalidate');
  });

  test('a file that changes under a name with a hash goes up, is invalidated and told', async () => {
    const project = openProject(cloud, smallSite);
    const { domain } = await project.publish();
    const path = '/assets/app-3f9a1c2b.js';
    expect((await cloud.ask(domain, path)).text).toContain('app = 1');
    project.build({ 'assets/app-3f9a1c2b.js': 'export const app = 2;' });
    const result = await project.publish();
    expect(result.files.changed).toEqual(['assets/app-3f9a1c2b.js']);
    expect(result.warnings).toEqual([expect.stringMatching(/^assets\/app-3f9a1c2b\.js: the name carries a hash, yet/)]);
    expect(result.invalidations.flatMap(({ items }) => items)).toContain(path);
    expect((await cloud.ask(domain, path)).text).toContain('app = 2');
  });

  test('a text that was packed under its plain name is unpacked by browsers', async () => {
    const packed = gzipSync('p { margin: 0 }');
    const { domain } = await openProject(cloud, { 'index.html': '<p>home', 'style.css': packed }).publish();
    const answer = await cloud.ask(domain, '/style.css', { headers: { 'accept-encoding': 'gzip' } });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'text/css; charset=utf-8' });
    expect(answer.bytes.equals(packed)).toBe(true);
  });
});
