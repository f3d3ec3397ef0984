import { expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';

const page = '<!doctype html><title>x</title>';
const build = {
  'index.html': page,
  'a.html': page,
  '404.html': page,
  'img/logo.svg': '<svg/>',
  'img/deep/x y.png': 'x',
};

const headersOf = async ({ cloud }: Awaited<ReturnType<typeof openBench>>, domain: string, path: string) =>
  (await cloud.ask(domain, path)).headers;

test('rules of _headers come from the bucket and from the policy, which answers with errors as well', async () => {
  const bench = await openBench({
    ...build,
    _headers: `
/*
  X-Frame-Options: DENY
  Content-Security-Policy: default-src 'self'
  Strict-Transport-Security: max-age=600; includeSubDomains
  X-XSS-Protection: 1; mode=block
  X-Robots-Tag: all
/img/*
  Cache-Control: public, max-age=600
/img/deep/:name
  Content-Disposition: attachment; filename=":name"
  Cache-Control: no-cache
`,
  });
  const { domain, warnings } = await bench.publish();
  expect(warnings).toEqual([]);
  for (const path of ['/', '/a', '/img/logo.svg', '/missing']) {
    expect(await headersOf(bench, domain, path), path).toMatchObject({
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'self'",
      'strict-transport-security': 'max-age=600; includeSubDomains',
      'x-xss-protection': '1; mode=block',
      'x-robots-tag': 'all',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    });
  }
  expect((await headersOf(bench, domain, '/img/logo.svg'))['cache-control']).toBe('public, max-age=600');
  expect(await headersOf(bench, domain, '/img/deep/x%20y.png')).toMatchObject({
    'cache-control': 'no-cache',
    'content-disposition': 'attachment; filename="x%20y.png"',
  });
  expect((await headersOf(bench, domain, '/a'))['cache-control']).toContain('s-maxage');
});

test('a changed rule is a change of headers, and rolled back with its release', async () => {
  const bench = await openBench({ ...build, _headers: '/*\n X-A: 1\n/a\n Content-Language: en' });
  const first = await bench.publish();
  bench.project.build({ _headers: '/*\n X-A: 2\n/a\n Content-Language: de' });
  await bench.time.advance(60_000);
  const second = await bench.publish();
  expect(second.files).toMatchObject({ added: [], changed: [], headers: ['a.html'] });
  expect(await headersOf(bench, first.domain, '/a')).toMatchObject({ 'x-a': '2', 'content-language': 'de' });
  await bench.time.advance(60_000);
  await bench.rollback({ release: first.release ?? '', hold: false });
  expect(await headersOf(bench, first.domain, '/a')).toMatchObject({ 'x-a': '1', 'content-language': 'en' });
  await bench.time.advance(60_000);
  expect((await bench.publish()).changed).toBe(true);
  expect((await bench.publish()).changed).toBe(false);
});

test('what cannot be honoured is told by line', async () => {
  const bench = await openBench({ ...build, _headers: '/*\n Server: me\nnonsense\n/404.html\n X-A: 1' });
  const { warnings } = await bench.publish();
  expect(warnings).toEqual([
    '_headers:2: server: CloudFront sends its own',
    '_headers:3: neither a path nor a header; a header is written Name: value',
    '_headers:5: x-a is set by a function, which the answers of the 404 page do not pass',
  ]);
});

test('what only some files have is set by a function, which visitors meet at once', async () => {
  const rules = '/*\n X-A: all\n/img/*\n X-A: image\n X-B: :splat\n/a\n ! X-Frame-Options\n Set-Cookie: seen=1; Path=/';
  const bench = await openBench({ ...build, _headers: rules });
  const { domain } = await bench.publish();
  expect(await headersOf(bench, domain, '/img/logo.svg')).toMatchObject({ 'x-a': 'image', 'x-b': 'logo.svg' });
  const page = await headersOf(bench, domain, '/a');
  expect(page).toMatchObject({ 'x-a': 'all', 'set-cookie': ['seen=1; Path=/'] });
  expect(page).not.toHaveProperty('x-frame-options');
  expect(await headersOf(bench, domain, '/')).toMatchObject({ 'x-a': 'all', 'x-frame-options': 'SAMEORIGIN' });
  expect(await headersOf(bench, domain, '/missing')).toMatchObject({ 'x-a': 'all', 'x-frame-options': 'SAMEORIGIN' });
});
