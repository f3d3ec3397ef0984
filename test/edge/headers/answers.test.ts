import { describe, expect, test } from 'vitest';
import { planHeaders } from '../../../src/plan/headers/plan-headers.ts';
import { makeSettings } from '../../support/make-settings.ts';
import { compileSite, openSite } from '../open-site.ts';

const keys = ['index.html', '404.html', 'a.html', 'docs/index.html', 'docs/b.html', 'img/x;y.png', 'img/logo.svg'];

const viewerOf = (text: string) =>
  planHeaders({ settings: makeSettings({ securityHeaders: false }), text, notFoundKey: '404.html' }).viewer;

/** The headers that the function put on an answer. */
async function headersOf(rules: string, path: string, spa: string | null = null): Promise<Record<string, string>> {
  const open = openSite({ keys, source: { headers: viewerOf(rules.replaceAll('|', '\n')), spa } });
  const { headers } = await open(path);
  return Object.fromEntries(Object.entries(headers).filter(([name]) => /^(?:x-|link|set-cookie)/.test(name)));
}

describe('a rule holds for a file under each of its addresses', () => {
  test.each([
    ['/a|X-A: 1', '/a', { 'x-a': '1' }],
    ['/a.html|X-A: 1', '/a', { 'x-a': '1' }],
    ['/docs/|X-A: 1', '/docs/', { 'x-a': '1' }],
    ['/docs/index.html|X-A: 1', '/docs/', { 'x-a': '1' }],
    ['/docs/*|X-A: 1', '/docs/', { 'x-a': '1' }],
    ['/docs/*|X-A: 1', '/a', {}],
    ['/docs/:page|X-A: :page', '/docs/b', { 'x-a': 'b' }],
    ['/*/b|X-A: 1', '/docs/b', { 'x-a': '1' }],
    ['/img/*|X-A: <:splat>', '/img/logo.svg', { 'x-a': '<logo.svg>' }],
    ['/img/*|X-A: :splat', '/img/x%3By.png', { 'x-a': 'x%3By.png' }],
    ['/img/*|X-A: :other', '/img/logo.svg', { 'x-a': ':other' }],
    ['/*.svg|X-A: 1|/img/*|X-A: 2|! X-B', '/img/logo.svg', { 'x-a': '2' }],
    ['/img/*|X-A: 1|/*.svg|! X-A', '/img/logo.svg', {}],
    ['/a|Link: </x>; rel=preload|Link: </y>; rel=preload', '/a', { link: '</x>; rel=preload, </y>; rel=preload' }],
    ['/A|X-A: 1', '/a', {}],
  ])('%s: %s', async (rules, path, expected) => expect(await headersOf(rules, path)).toEqual(expected));
});

test('an application answers with the headers of its page', async () => {
  expect(await headersOf('/index.html|X-A: 1|/x/*|X-A: 2', '/x/y', 'index.html')).toEqual({ 'x-a': '1' });
});

test('preload links of a hundred pages fit, as generators write them', () => {
  const links = Array.from(
    { length: 8 },
    (_, index) => `  Link: </component-${index}-0123456789abcdef.js>; rel=preload; as=script`,
  );
  const pages = Array.from({ length: 100 }, (_, index) => [`/posts/page-${index}/`, ...links].join('\n'));
  const { program } = compileSite({ keys, source: { headers: viewerOf(pages.join('\n')) } });
  expect((program.viewerResponse ?? '').length).toBeLessThan(10_240);
});
