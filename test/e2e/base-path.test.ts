import { describe, expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';
import { keysOf } from '../support/read-bucket.ts';

const files = {
  'index.html': '<p>home',
  'guide/index.html': '<p>guide',
  'notes.pdf': 'pdf',
  'assets/app-3f9a1c2b.js': 'export const app = 1;',
  _redirects: '/ /docs/ 302\n/docs/old /docs/guide/',
  _headers: '/docs/guide/*\n  X-Guide: yes',
};

const settings = {
  basePath: 'docs/',
  notFound: 'docs/404.html',
  headers: [{ match: '*.pdf', set: { 'cache-control': 'no-cache' }, unset: [] }],
};

describe('a build that is made for a path of its address', () => {
  test('is published there, answers there, and is nowhere else', async () => {
    const bench = await openBench(files);
    const { ask } = bench.cloud;
    const result = await bench.publish({ settings });
    const { domain } = result;
    expect(result.url).toMatch(/:\d+\/docs\/$/);
    expect(result.warnings).toEqual([]);
    const keys = (await keysOf(bench.project)).filter((key) => !key.startsWith('.cdnpub/'));
    expect(keys).toEqual([
      '_cdnpub/404.html',
      'docs/assets/app-3f9a1c2b.js',
      'docs/guide/index.html',
      'docs/index.html',
      'docs/notes.pdf',
    ]);
    expect((await ask(domain, '/docs/')).text).toBe('<p>home');
    expect(await ask(domain, '/docs/guide/')).toMatchObject({ text: '<p>guide', headers: { 'x-guide': 'yes' } });
    expect((await ask(domain, '/docs/notes.pdf')).headers['cache-control']).toBe('no-cache');
    expect(await ask(domain, '/')).toMatchObject({ status: 302, headers: { location: '/docs/' } });
    expect(await ask(domain, '/docs/old')).toMatchObject({ status: 301, headers: { location: '/docs/guide/' } });
    const lost = await ask(domain, '/guide/');
    expect(lost).toMatchObject({ status: 404, text: expect.stringContaining('href="/docs/"') });
    expect(await bench.deploy({ settings })).toMatchObject({ state: 'unchanged', changed: false });
  });

  test('is changed, invalidated and brought back under its keys', async () => {
    const bench = await openBench({ 'index.html': 'one', '404.html': 'lost' });
    const { release, domain } = await bench.publish({ settings });
    expect(await bench.cloud.ask(domain, '/')).toMatchObject({ status: 404, text: 'lost' });
    expect((await bench.cloud.ask(domain, '/docs/')).text).toBe('one');
    bench.project.build({ 'index.html': 'two' });
    const second = await bench.publish({ settings });
    expect(second.files.changed).toEqual(['docs/index.html']);
    expect(second.invalidations.flatMap(({ items }) => items)).toEqual(['/docs/index.html']);
    expect((await bench.cloud.ask(domain, '/docs/')).text).toBe('two');
    await bench.rollback({ settings, release: release ?? '', hold: false });
    expect((await bench.cloud.ask(domain, '/docs/')).text).toBe('one');
  });

  test('moves there from the root', async () => {
    const bench = await openBench({ 'index.html': 'home' });
    const { domain } = await bench.publish();
    expect((await bench.cloud.ask(domain, '/')).text).toBe('home');
    await bench.publish({ settings });
    expect((await bench.cloud.ask(domain, '/')).status).toBe(404);
    expect((await bench.cloud.ask(domain, '/docs/')).text).toBe('home');
    expect(await bench.deploy({ settings })).toMatchObject({ state: 'unchanged' });
  });
});
