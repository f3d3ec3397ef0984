import { describe, expect, test } from 'vitest';
import { readRedirects } from '../../../../src/edge/redirects/read-redirects.ts';
import { openAssetWorker } from '../../../support/open-asset-worker.ts';
import { matchRules } from '../match-rules.ts';

// Cloudflare's own asset worker is asked the same. Its parser is not published by itself, so lines are plain here.

const paths = [
  ...[
    '/',
    '/a',
    '/a/',
    '/a/b',
    '/a/b/',
    '/a/b/c',
    '/a/c',
    '/ab',
    '/axb',
    '/a/xb',
    '/foo',
    '/foo/',
    '/foobar',
    '/foo/bar',
  ],
  ...[
    '/x.txt',
    '/d/x.txt',
    '/img/a',
    '/img/a.png',
    '/pre-z',
    '/pre-z/q',
    '/x/y',
    '/x/y/',
    '/p/1-id',
    '/A',
    '/news',
    '/news/',
  ],
];

async function ask(text: string): Promise<{ ours: readonly string[]; theirs: readonly string[] }> {
  const { rules } = readRedirects({ text, file: '_redirects', dialect: 'cloudflare' });
  const worker = await openAssetWorker(
    text.split('\n').map((line) => {
      const [from = '', to = '', status = '302'] = line.split(' ');
      return { from, to, status: Number(status) };
    }),
  );
  const theirs = paths.map(async (path) => {
    const { status, location, asset } = await worker(`https://e.com${path}`);
    return `${path} ${status === 200 ? `200 ${asset}` : `${status} ${location}`}`;
  });
  const ours = paths.map((path) => {
    const query = new URLSearchParams();
    const found = matchRules(rules, { host: 'e.com', path, query, country: '', languages: [], cookies: [] });
    return `${path} ${found === undefined ? `200 ${path}` : `${found.rule.status} ${found.to}`}`;
  });
  return { ours, theirs: await Promise.all(theirs) };
}

describe('rules mean what they mean to Cloudflare', () => {
  test.each([
    '/a /t',
    '/a/ /t 301',
    '/a/* /t/:splat 301',
    '/foo* /t/:splat',
    '/*.txt /t/:splat.md 307',
    '/a*b /t/:splat',
    '/a/*/c /t/:splat',
    '/:x /t/:x',
    '/:x/ /t/:x 308',
    '/:x/:y /t/:y/:x 303',
    '/img/:name.png /i/:name.webp',
    '/pre-:x /t/:x',
    '/p/:post-id /q/:post',
    '/a https://t.com/x',
    '/a/* https://t.com/:splat/ 301',
    '/a /t 200',
    '/a/* /t/:splat 200',
    '/news/* /blog/:splat',
    '/a /one\n/a/* /two/:splat\n/a/b /never',
    '/a/* /x\n/:p /y',
  ])('%j', async (text) => {
    const { ours, theirs } = await ask(text);
    expect(ours).toEqual(theirs);
  });
});

describe('but for what cannot be meant', () => {
  test.each<[string, string, string, string]>([
    ['names that begin alike are told apart', '/:id/:idx /:idx/z/:id', '/x/y 302 /y/z/x', '/x/y 200 /x/y'],
    ['two splats match, and the first is kept', '/*/*/c /t/:splat', '/a/b/c 302 /t/a', '/a/b/c 200 /a/b/c'],
    ['a name may stand twice, and the first is kept', '/:x/:x /t/:x', '/x/y 302 /t/x', '/x/y 200 /x/y'],
    ['a rule that leads to where it comes from is passed over', '/:x/:y /:x/y', '/x/y 200 /x/y', '/x/y 302 /x/y'],
    ['an app stands behind its files', '/* /index.html 200', '/a 200 /index.html', '/a 200 /index.html'],
  ])('%s', async (_, text, our, their) => {
    const { ours, theirs } = await ask(text);
    expect(ours).toContain(our);
    expect(theirs).toContain(their);
  });
});
