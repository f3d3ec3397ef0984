import { describe, expect, test } from 'vitest';
import { lintRedirects } from '../../../src/edge/redirects/lint-redirects.ts';
import { readRedirects } from '../../../src/edge/redirects/read-redirects.ts';

const keys = ['index.html', 'about.html', 'docs/index.html', 'logo.svg', '404.html', 'caf\u00e9.html'];

const lint = (text: string, cleanUrls = true): readonly string[] => {
  const { rules } = readRedirects({ text, file: '_redirects', dialect: 'netlify' });
  return lintRedirects({ rules, keys, cleanUrls }).map(
    ({ source, level, message }) => `${source.line} ${level}: ${message}`,
  );
};

describe('a rule that never applies', () => {
  test.each<[string, readonly string[]]>([
    ['/a /x\n/a/ /y', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/a/* /x/:splat\n/a/b /y', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/* /x\n/a/:b /y', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/:x /y\n/a /z', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/a/* /x\n/a/:b/* /y', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/a /x 302 Country=de,at\n/a /y 302 Country=at', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/a q=:q /x\n/a q=1 /y', ['2 warning: never applies: _redirects:1 goes before it']],
    ['/a /x 302 Country=de\n/a /y 302 Country=at', []],
    ['/a /x 302 Country=de\n/a /y', []],
    ['/a q=1 /x\n/a /y', []],
    ['https://e.com/a /x\n/a /y', []],
    ['/a/b /x\n/a/* /y', []],
    ['/a/:b /x\n/a/* /y', []],
    ['/:x/c /y\n/a/:b /z', []],
    ['/a* /a/b\n/a/b /z', []],
  ])('after another: %j', (text, found) => {
    expect(lint(text)).toEqual(found);
  });

  test.each<[string, readonly string[]]>([
    ['/about /x', ['1 warning: never applies: about.html answers /about; 301! goes before files']],
    ['/docs /x 302', ['1 warning: never applies: docs/index.html answers /docs; 302! goes before files']],
    ['/caf%C3%A9 /x', ['1 warning: never applies: caf\u00e9.html answers /caf\u00e9; 301! goes before files']],
    ['/logo.svg /x', ['1 warning: never applies: logo.svg answers /logo.svg; 301! goes before files']],
    ['/ /x', ['1 warning: never applies: index.html answers /; 301! goes before files']],
    ['/about /docs/ 200', ['1 warning: never applies: about.html answers /about; 200! goes before files']],
    ['/about /about.html 200', []],
    ['/about /x 301!', []],
    ['/abouts /x', []],
    ['/* /x', []],
  ])('behind a file: %s', (text, found) => {
    expect(lint(text)).toEqual(found);
  });

  test('and pages answer under their file names where URLs are not clean', () => {
    expect(lint('/about /x', false)).toEqual([]);
    expect(lint('/about.html /x', false)).toHaveLength(1);
  });
});

test.each<[string, readonly string[]]>([
  ['/a /b\n/b /a', ['1 error: leads in a circle, by _redirects:2', '2 error: leads in a circle, by _redirects:1']],
  [
    '/x/* /y/:splat\n/y/* /x/:splat',
    ['1 error: leads in a circle, by _redirects:2', '2 error: leads in a circle, by _redirects:1'],
  ],
  [
    '/p/:x /q/:x\n/q/* /p/:splat',
    ['1 error: leads in a circle, by _redirects:2', '2 error: leads in a circle, by _redirects:1'],
  ],
  ['/a /about\n/about /a', ['2 warning: never applies: about.html answers /about; 301! goes before files']],
  [
    '/a /about\n/about /a 301!',
    ['1 error: leads in a circle, by _redirects:2', '2 error: leads in a circle, by _redirects:1'],
  ],
  ['/a /b\n/b /a 302 Country=de', ['2 error: leads in a circle, by _redirects:1']],
  ['/a /b\n/b /c\n/c /d', ['1 warning: leads on by _redirects:2, _redirects:3: let it lead to the end at once']],
  ['/a /b\n/b https://e.com/', []],
  ['/a /b\n/b /about', []],
  ['/* /login 302', []],
])('where redirects lead: %j', (text, found) => {
  expect(lint(text)).toEqual(found);
});

test.each<[string, readonly string[]]>([
  ['/* /index.html 200', []],
  ['/* /app.html 200', ['1 warning: the build holds no page /app.html']],
  ['/* /404.html 404', []],
  ['/old /gone 410', ['1 warning: the build holds no page /gone']],
  ['/:lang/* /:lang/404/ 404', []],
  ['/api/* https://e.com/:splat 200', []],
  ['/a /nowhere 301', []],
])('the page to show: %s', (text, found) => {
  expect(lint(text)).toEqual(found);
});

test('tens of thousands of rules are judged in a time that grows as they do', () => {
  const text = Array.from({ length: 20_000 }, (_, n) => `/old/${n} /new/${n} 301`).join('\n');
  expect(lint(`${text}\n/old/* /archive/:splat 301\n/old/7 /x 301`)).toEqual([
    '20002 warning: never applies: _redirects:8 goes before it',
  ]);
});
