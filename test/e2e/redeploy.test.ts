import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { objectsOf } from '../support/objects.ts';
import { openProject, type Project, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { writeTree } from '../support/write-tree.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());

/** What a deploy wrote into the site's folder, state left out: `PutObject a.html`. */
async function writtenBy(project: Project, args: readonly string[] = []) {
  const { next } = await cloud.requests();
  const result = await project.deploy(args);
  expect(result.error).toBeUndefined();
  const writes = writesOf((await cloud.requests(next)).requests);
  const site = writes.filter(({ key }) => key !== undefined && !key.startsWith('.cdnpub/'));
  return { result, writes, site: site.map(({ op, key }) => `${op} ${key}`).sort() };
}

/** S3 stamps objects by the second: what follows falls into another one. */
const nextSecond = () => sleep(1_000 - (Date.now() % 1_000) + 5);

describe('nothing to do', () => {
  test('a second deploy writes nothing, nor does one after every file was touched', async () => {
    const project = openProject(cloud);
    await project.publish();
    expect((await writtenBy(project)).writes).toEqual([]);
    for (const path of readdirSync(join(project.cwd, 'dist'), { recursive: true, encoding: 'utf8' }))
      utimesSync(join(project.cwd, 'dist', path), new Date(), new Date());
    const { result, writes } = await writtenBy(project);
    expect(writes).toEqual([]);
    expect(result).toMatchObject({ changed: false, state: 'unchanged', files: { unchanged: 5 } });
  });

  test('another machine with the same build finds nothing to do', async () => {
    const project = openProject(cloud);
    await project.publish();
    const other = { ...openProject(cloud), site: project.site };
    const end = await cloud.run(['deploy', 'dist', '--site', project.site, '--json'], { cwd: other.cwd });
    expect(end.json()).toMatchObject({ ok: true, state: 'unchanged' });
  });
});

describe('changes', () => {
  test('new bytes are served under every spelling once edges forgot the old ones, and the rest stays warm', async () => {
    const project = openProject(cloud, { ...smallSite, '文档/a b.html': 'old', 'r&d~1.txt': 'old' });
    const { domain } = await project.publish();
    const spellings = [
      ...['/about/', '//about//', '/about/?x=1', '/%61bout/'],
      ...['/%E6%96%87%E6%A1%A3/a%20b', '/%e6%96%87%e6%a1%a3/a%20b', '/r&d~1.txt', '/r%26d%7E1.txt'],
    ];
    const warm = ['/', '/style.css', '/assets/app-3f9a1c2b.js'];
    for (const path of [...spellings, ...warm]) expect((await cloud.ask(domain, path)).status, path).toBe(200);
    project.build({ 'about/index.html': 'new', '文档/a b.html': 'new', 'r&d~1.txt': 'new' });
    const { result, site } = await writtenBy(project);
    expect(site).toEqual(['PutObject about/index.html', 'PutObject r&d~1.txt', 'PutObject 文档/a b.html']);
    expect(result.invalidations).toMatchObject([{ part: 'main', billable: 3, covers: 3, overcovers: 0 }]);
    for (const path of spellings) expect((await cloud.ask(domain, path)).text, path).toBe('new');
    for (const path of warm) {
      expect((await cloud.ask(domain, path)).headers['x-cache'], path).toBe('Hit from cloudfront');
    }
  });

  test('a header rule copies objects in place, and edges forget them', async () => {
    const project = openProject(cloud);
    const { domain } = await project.publish();
    await cloud.ask(domain, '/style.css');
    const headers = [{ match: '*.css', set: { 'Cache-Control': 'public, max-age=60', 'x-amz-meta-by': 'ann' } }];
    writeTree(project.cwd, { 'cdnpub.config.json': JSON.stringify({ headers }) });
    const { result, site } = await writtenBy(project);
    expect(site).toEqual(['CopyObject style.css']);
    expect(result).toMatchObject({ bytes: { uploaded: 0 }, files: { headers: ['style.css'], changed: [] } });
    expect(result.invalidations.map(({ items }) => items)).toEqual([['/style.css']]);
    expect((await cloud.ask(domain, '/style.css')).headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      'content-type': 'text/css; charset=utf-8',
    });
    expect((await objectsOf(project).head('style.css')).Metadata).toEqual({
      ...{ by: 'ann', 'cache-tag': 'k:/style.css,d:/,c:other' },
    });
    expect((await writtenBy(project)).writes).toEqual([]);
  });

  test('a page that goes is a 404, a renamed one answers at its new address, its old assets stay', async () => {
    const project = openProject(cloud, { ...smallSite, 'old.html': 'text', 'sw.js': '1', 'plain.js': '1' });
    const { domain } = await project.publish();
    for (const path of ['/old', '/about/', '/plain.js']) await cloud.ask(domain, path);
    project.unbuild('old.html', 'assets', 'plain.js');
    project.build({ 'renamed.html': 'text', 'assets/app-9c4d21ab.js': 'export const app = 2;' });
    const { result } = await writtenBy(project);
    expect(result.files).toMatchObject({
      added: ['assets/app-9c4d21ab.js', 'renamed.html'],
      deleted: ['old.html', 'plain.js'],
      retained: ['assets/app-3f9a1c2b.js'],
    });
    expect((await cloud.ask(domain, '/old')).status).toBe(404);
    expect((await cloud.ask(domain, '/plain.js')).status).toBe(404);
    expect((await cloud.ask(domain, '/renamed')).text).toBe('text');
    expect((await cloud.ask(domain, '/assets/app-3f9a1c2b.js')).status).toBe(200);
    expect((await writtenBy(project)).writes).toEqual([]);
    // What was kept for open tabs is a file of the build again.
    project.build({ 'assets/app-3f9a1c2b.js': smallSite['assets/app-3f9a1c2b.js'] ?? '' });
    expect((await writtenBy(project)).site).toEqual([]);
    expect((await project.deploy()).files.retained).toEqual([]);
  });

  test('a page that was gone and comes back is not answered by what edges remember', async () => {
    const project = openProject(cloud, { ...smallSite, 'docs/index.html': 'docs', 'blog/index.html': 'blog' });
    const { domain } = await project.publish();
    await cloud.ask(domain, '/about/');
    project.unbuild('about');
    await project.publish();
    expect((await cloud.ask(domain, '/about/')).status).toBe(404);
    project.build({ 'about/index.html': 'back' });
    await project.publish();
    expect((await cloud.ask(domain, '/about/')).text).toBe('back');
  });

  test('a page turns into a folder of the same name', async () => {
    const project = openProject(cloud, { ...smallSite, 'team.html': 'page', 'x.html': '', 'y.html': '' });
    const { domain } = await project.publish();
    expect((await cloud.ask(domain, '/team')).text).toBe('page');
    project.unbuild('team.html');
    project.build({ 'team/index.html': 'folder' });
    await project.publish(['--yes']);
    const { status, headers } = await cloud.ask(domain, '/team');
    expect({ status, location: headers.location }).toEqual({ status: 301, location: '/team/' });
    expect((await cloud.ask(domain, '/team/')).text).toBe('folder');
    expect((await cloud.ask(domain, '/team.html')).headers.location).toBe('/team/');
  });

  test('pages that all change are one tag, and edges keep the rest', async () => {
    const pages = Object.fromEntries(Array.from({ length: 4 }, (_, n) => [`p${n}.html`, 'old']));
    const beside = { 'cdnpub.config.json': '{ "invalidation": { "maxItems": 2 } }' };
    const project = openProject(cloud, { ...smallSite, ...pages, 'p0.css': 'body {}', 'p2.svg': '<svg/>' }, beside);
    const { domain } = await project.publish();
    for (const path of ['/p1', '/p2.svg']) await cloud.ask(domain, path);
    const edited = Object.keys({ ...smallSite, ...pages }).filter((key) => key.endsWith('.html'));
    project.build(Object.fromEntries(edited.map((page) => [page, 'new'])));
    const { result } = await writtenBy(project);
    expect(result.invalidations).toMatchObject([{ items: ['#c:page'], billable: 1, overcovers: 0 }]);
    expect((await cloud.ask(domain, '/p1')).text).toBe('new');
    expect((await cloud.ask(domain, '/p2.svg')).headers['x-cache']).toBe('Hit from cloudfront');
  });

  test('more paths than the budget are wildcards', async () => {
    const pages = Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`p${n}.html`, 'old']));
    const beside = { 'cdnpub.config.json': '{ "invalidation": { "maxItems": 5 } }' };
    const project = openProject(cloud, { ...smallSite, ...pages }, beside);
    const { domain } = await project.publish();
    await cloud.ask(domain, '/p1');
    project.build(Object.fromEntries(Object.keys(pages).map((page) => [page, 'new'])));
    const { result } = await writtenBy(project);
    expect(result.invalidations).toMatchObject([{ items: ['/p*'], billable: 1, covers: 6, overcovers: 0 }]);
    expect((await cloud.ask(domain, '/p1')).text).toBe('new');
  });
});

describe('what others did to the bucket', () => {
  test('an overwritten, a re-headed and a removed object are told and mended', async () => {
    const project = openProject(cloud);
    const { domain } = await project.publish();
    const objects = objectsOf(project);
    await nextSecond();
    await objects.put('about/index.html', 'theirs');
    await objects.rehead('style.css', { ContentType: 'text/plain' });
    await objects.remove('404.html');
    const status = await project.run(['status', '--json']);
    expect(status.json()).toMatchObject({
      drift: true,
      drifted: ['about/index.html', 'style.css'],
      missing: ['404.html'],
    });
    expect((await project.run(['status'])).stdout).toMatch(/about\/index\.html was changed outside cdnpub/);
    for (const path of ['/about/', '/style.css', '/nope/']) await cloud.ask(domain, path);
    const { result, site } = await writtenBy(project);
    expect(site).toEqual(['CopyObject style.css', 'PutObject 404.html', 'PutObject about/index.html']);
    expect(result).toMatchObject({
      files: { added: ['404.html'], changed: ['about/index.html'], headers: ['style.css'] },
    });
    expect((await cloud.ask(domain, '/about/')).text).toBe(smallSite['about/index.html']);
    expect((await cloud.ask(domain, '/style.css')).headers['content-type']).toBe('text/css; charset=utf-8');
    expect(await cloud.ask(domain, '/nope/')).toMatchObject({ status: 404, text: smallSite['404.html'] });
    expect((await project.run(['status', '--json'])).json()).toMatchObject({ drift: false });
  });

  test('objects of others are counted, and stay through every deploy', async () => {
    const project = openProject(cloud);
    await project.publish();
    const objects = objectsOf(project);
    const theirs = ['theirs.txt', 'about/theirs.html', 'assets/theirs-1a2b3c4d.js'];
    for (const key of theirs) await objects.put(key, 'theirs');
    project.unbuild('about', 'assets');
    await project.publish();
    expect((await project.run(['status', '--json'])).json()).toMatchObject({ foreign: 3, drift: false });
    for (const key of theirs) expect(await objects.text(key)).toBe('theirs');
  });

  test('a page of ours that somebody overwrote stays when the build drops it', async () => {
    const project = openProject(cloud);
    await project.publish();
    const objects = objectsOf(project);
    await nextSecond();
    await objects.put('about/index.html', 'theirs');
    project.unbuild('about');
    expect((await project.publish()).files.deleted).toEqual([]);
    expect(await objects.text('about/index.html')).toBe('theirs');
    expect((await writtenBy(project)).writes).toEqual([]);
  });

  test('an object that another client removed is a 404 at the next request that is not cached', async () => {
    const project = openProject(cloud);
    const { domain } = await project.publish();
    await objectsOf(project).remove('about/index.html');
    expect((await cloud.ask(domain, '/about/')).status).toBe(404);
  });
});
