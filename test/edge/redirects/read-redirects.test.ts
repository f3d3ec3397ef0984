import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathExpression } from '../../../src/edge/redirects/path-expression.ts';
import { readRedirects } from '../../../src/edge/redirects/read-redirects.ts';
import type { Dialect } from '../../../src/edge/redirects/written-rule.ts';
import type { RedirectRule } from '../../../src/model/redirect-rule.ts';

const read = (text: string, dialect?: Dialect) => readRedirects({ text, file: '_redirects', dialect });

/** A rule in one line: what it asks for, and what becomes of it. */
function tell({ host, from, slashMatters, query, to, status, force, conditions }: RedirectRule): string {
  const asked = query.map((part) =>
    'capture' in part ? `${part.name}=:${part.capture}` : `${part.name}=${part.value}`,
  );
  const parts = (list: typeof to.path | null, mark: string): string =>
    list === null ? '' : mark + list.map((part) => (part.kind === 'text' ? part.text : `{${part.name}}`)).join('');
  const limits = Object.entries(conditions).flatMap(([name, values]) =>
    values.length === 0 ? [] : [`${name}=${values.join(',')}`],
  );
  const target = `${to.origin ?? ''}${parts(to.path, '')}${parts(to.query, '?')}${parts(to.hash, '#')}`;
  const source = `${host ?? ''}${pathExpression(from, slashMatters).source}`;
  return [source, ...asked, target, `${status}${force ? '!' : ''}`, ...limits].join(' ');
}

const rest = '([\\s\\S]*)';

describe('a line becomes a rule', () => {
  test.each<[string, string]>([
    ['/a /b', '^/a/?$ /b 301'],
    ['  /a\t\t/b   302  ', '^/a/?$ /b 302'],
    ['/a /b 301!', '^/a/?$ /b 301!'],
    ['/a/ /b', '^/a/?$ /b 301'],
    ['/ /b', '^/$ /b 301'],
    ['/* /index.html 200', `^(?:/${rest})?$ /index.html 200`],
    ['/a/* /b/:splat', `^/a(?:/${rest})?$ /b/{splat} 301`],
    ['/a/* 200', `^/a(?:/${rest})?$ /a/{splat} 200`],
    ['/a/* 200!', `^/a(?:/${rest})?$ /a/{splat} 200!`],
    ['/foo* /b/:splat', `^/foo/?${rest}$ /b/{splat} 301`],
    ['/*.txt /:splat.md', `^/${rest}\\.txt/?$ /{splat}.md 301`],
    ['/a/*/c /b/:splat', `^/a(?:/${rest})?/c/?$ /b/{splat} 301`],
    ['/:id/:idx /:idx/:id', '^/([^/]+)/([^/]+)/?$ /{idx}/{id} 301'],
    ['/p/:post-id /q/:post-id', '^/p/([^/]+)/?$ /q/{post-id} 301'],
    ['/:1 /n/:1', '^/([^/]+)/?$ /n/{1} 301'],
    ['/img/:name.png /i/:name.webp', '^/img/([^/]+)\\.png/?$ /i/{name}.webp 301'],
    ['/wiki/Help:Contents /help', '^/wiki/Help:Contents/?$ /help 301'],
    ['/caf%C3%A9 /x', '^/caf\u00e9/?$ /x 301'],
    ['/cafe\u0301 /x', '^/caf\u00e9/?$ /x 301'],
    ['/caf\u00e9 /th\u00e9', '^/caf\u00e9/?$ /th%C3%A9 301'],
    ['/a%2Ab%3Ac /x', '^/a\\*b:c/?$ /x 301'],
    ['/a//b /x', '^/a/b/?$ /x 301'],
    ['/a(b)+ /x', '^/a\\(b\\)\\+/?$ /x 301'],
    ['a /b', '^/a$ /b 302!'],
    ['/a https://example.com', '^/a/?$ https://example.com/ 301'],
    ['/a HTTPS://Example.com:8443/x?y#z', '^/a/?$ https://example.com:8443/x?y#z 301'],
    ['/a http://example.com/', '^/a/?$ http://example.com/ 301'],
    ['/a /b?c=d#e', '^/a/?$ /b?c=d#e 301'],
    ['/a /b?', '^/a/?$ /b? 301'],
    ['/a /b%2', '^/a/?$ /b%252 301'],
    ['/a /b#c # note', '^/a/?$ /b#c 301'],
    ['/s q=:term /find/:term', '^/s/?$ q=:term /find/{term} 301'],
    ['/s q=a%20b x= /find', '^/s/?$ q=a b x= /find 301'],
    ['/s id=a=b /x', '^/s/?$ id=a=b /x 301'],
    ['/a /b 302 Country=de,at Language=fr', '^/a/?$ /b 302 country=DE,AT language=fr'],
    ['/a /b Cookie=beta,old', '^/a/?$ /b 301 cookie=beta,old'],
    ['/a /b 302 country=us', '^/a/?$ /b 302 country=US'],
    [
      'https://old.example.com/* https://new.example.com/:splat 301!',
      `old.example.com^(?:/${rest})?$ https://new.example.com/{splat} 301!`,
    ],
    ['https://B\u00dcCHER.example/a /b', 'xn--bcher-kva.example^/a/?$ /b 301'],
    ['https://example.com:443 /b', 'example.com^/$ /b 301'],
    ['/old /gone.html 410', '^/old/?$ /gone.html 410'],
    ['/:lang/* /:lang/404/ 404', `^/([^/]+)(?:/${rest})?$ /{lang}/404/ 404`],
    ['/api/* https://api.example.com/v1/:splat 200', `^/api(?:/${rest})?$ https://api.example.com/v1/{splat} 200`],
    ['/docs /docs 200', '^/docs/?$ /docs 200'],
  ])('%s', (line, rule) => {
    const { rules, diagnostics } = read(line);
    expect(diagnostics.filter(({ level }) => level !== 'notice')).toEqual([]);
    expect(rules.map(tell)).toEqual([rule]);
  });
});

describe('a line that is not honoured says what to write', () => {
  test.each<[string, RegExp]>([
    ['/a', /a destination is missing: \/a \//],
    ['/a # /b', /a destination is missing/],
    ['/a 404', /the page that is shown is missing: \/a \/404\.html 404/],
    ['/a 301', /a destination is missing: \/a \/where\/it\/leads 301/],
    ['/a b', /must begin with .*: write \/b$/],
    ['/a ftp://x', /write https:/],
    ['/a /b 301x', /301x is no status: write 301/],
    ['/a /b 99', /status 99 is not one of 200, 301, /],
    ['/a /b 500', /status 500/],
    ['/a /b forced', /forced is neither a status nor name=value/],
    ['/a x /b', /x is neither/],
    ['/a /b 301 Role=admin', /roles are not honoured: .*"auth"/],
    ['/a https://b 200 Sign=KEY', /signed proxies are not honoured: .*"origins"/],
    ['/a /b 301 Colour=red', /Colour is no condition; known are/],
    ['/a /b 301 Country=usa', /Country=usa can never be: write Country=de,at/],
    ['/a /b 301 Country=', /Country names nothing/],
    ['/a?id=1 /b', /query parameters stand for themselves: \/a id=1 /],
    ['/a#b /c', /browsers never send what follows #/],
    ['/a%zz /b', /% is written %25/],
    ['/a/../b /c', /a segment \. or \.\./],
    ['/.netlify/x /c', /a part of Netlify/],
    ['/api/* /.netlify/functions/:splat 200', /no functions of Netlify here: .*"origins"/],
    ['/a //evil.example/x', /would be another host: write https:\/\/evil\.example\/x/],
    ['/a /\\evil.example', /would be another host/],
    ['/go/:host https://:host/', /would let anybody lead visitors anywhere/],
    ['/go/* https://:splat', /would let anybody/],
    ['/go/* https://*.example.com/', /would let anybody/],
    ['/go/* https://example.com:splat', /a slash is missing after the host: https:\/\/example\.com\/:splat/],
    ['/a https://user@example.com/', /is no host/],
    ['/a https://', /the URL names no host/],
    ['https:///a /b', /the URL names no host/],
    ['https://*.example.com/* /b', /one rule for each host/],
    ['https://example.com:8080/a /b', /CloudFront has no port 8080/],
    ['/*/*/* /b', /more than two \*/],
    ['/:splat/* /b', /another name/],
    ['/a https://b/c 404', /cannot be shown with status 404/],
    ['/a /a', /leads to where it comes from/],
    ['/a /a/ 302!', /leads to where it comes from/],
    ['/b/* /b/:splat', /leads to where it comes from/],
    ['/p/:x/ /p/:x', /leads to where it comes from; .*"trailingSlash"/],
    ['https://e.com/a https://e.com/a', /leads to where/],
    ['/s q=1 q=2 /x', /the parameter q stands here twice/],
  ])('%s', (line, message) => {
    const { rules, diagnostics } = read(`# first\n${line}\n/x /y 301!\n`);
    expect(rules.map(tell)).toEqual(['^/x/?$ /y 301!']);
    expect(diagnostics).toEqual([
      { source: { file: '_redirects', line: 2 }, level: 'error', message: expect.stringMatching(message) },
    ]);
  });

  test('a line that is too long', () => {
    const { rules, diagnostics } = read(`/a /${'b'.repeat(2000)}`);
    expect(rules).toEqual([]);
    expect(diagnostics).toMatchObject([{ level: 'error', message: expect.stringMatching(/has 2004 characters/) }]);
  });

  test('and nothing is lost where CloudFront does the same', () => {
    expect(read('http://www.e.com/* https://www.e.com/:splat 301!')).toEqual({
      rules: [],
      diagnostics: [
        { source: { file: '_redirects', line: 1 }, level: 'notice', message: expect.stringMatching(/not needed/) },
      ],
    });
  });
});

test.each<[string, string, RegExp]>([
  ['http://a.e/* https://b.e/:splat 301!', `a.e^(?:/${rest})?$ https://b.e/{splat} 301!`, /read as https/],
  ['/a/:x /b/:y 301', '^/a/([^/]+)/?$ /b/:y 301', /catches no :y/],
  ['/a /b/:splat 301', '^/a/?$ /b/:splat 301', /catches no :splat/],
  ['/a/* /b/* 301', `^/a(?:/${rest})?$ /b/* 301`, /write :splat/],
  ['/:x/:x /b/:x 301', '^/([^/]+)/([^/]+)/?$ /b/{x} 301', /:x stands here twice/],
  ['/*/a/* /:splat 301', `^(?:/([\\s\\S]*?))??/a(?:/${rest})?$ /{splat} 301`, /of two \*/],
])('a rule that may surprise is honoured, with a warning: %s', (line, rule, message) => {
  const { rules, diagnostics } = read(line);
  expect(rules.map(tell)).toEqual([rule]);
  expect(diagnostics).toMatchObject([{ level: 'warning', message: expect.stringMatching(message) }]);
});

describe('the dialect', () => {
  test.each<[string, readonly string[], RegExp | undefined]>([
    ['/a /b', ['^/a/?$ /b 301'], /read as for Netlify/],
    ['/a /b 301', ['^/a/?$ /b 301'], undefined],
    ['/a /b\n/c /d 301!', ['^/a/?$ /b 301', '^/c/?$ /d 301!'], undefined],
    ['/v:x /w/:x', ['^/v([^/]+)$ /w/{x} 302!'], /read as for Cloudflare/],
    ['/v:x /w/:x\n/a /b 404', ['^/v([^/]+)/?$ /w/{x} 301', '^/a/?$ /b 404'], undefined],
    ['a /b\n/c /d', ['^/a/?$ /b 301', '^/c/?$ /d 301'], /read as for Netlify/],
    ['', [], undefined],
  ])('is what the file needs: %j', (text, rules, message) => {
    const found = read(text);
    expect(found.rules.map(tell)).toEqual(rules);
    expect(found.diagnostics.map((diagnostic) => diagnostic.level)).toEqual(message === undefined ? [] : ['notice']);
    if (message !== undefined) expect(found.diagnostics[0]?.message).toMatch(message);
  });

  test.each<[string, string]>([
    ['/a /b', '^/a$ /b 302!'],
    ['/a/ /a', '^/a/$ /a 302!'],
    ['/news/* /blog/:splat 301', `^/news/${rest}$ /blog/{splat} 301!`],
    ['/a /b 200', '^/a$ /b 200!'],
    ['/* /index.html 200', `^/${rest}$ /index.html 200`],
    ['/a?x=1 /b', '^/a$ /b 302!'],
    ['/p/:post-id /q/:post/:id', '^/p/([^/]+)-id$ /q/{post}/:id 302!'],
  ])('of Cloudflare: %s', (line, rule) => {
    expect(read(line, 'cloudflare').rules.map(tell)).toEqual([rule]);
  });
});

test('lines are counted from 1, whatever ends them, and a byte order mark is no character', () => {
  const { rules } = read('\uFEFF/a /b 301\r\n\r\n# note\r\n/c /d 301');
  expect(rules.map(({ source }) => source.line)).toEqual([1, 4]);
});

describe('whatever is in a file', () => {
  const word = fc.oneof(
    fc.constantFrom(
      '/a',
      '/*',
      '/:x',
      ':splat',
      'https://',
      'http://e.com/*',
      '200',
      '301!',
      '404',
      'q=:x',
      'Country=de',
    ),
    fc.constantFrom('/:x/:splat', '#', '\t', '\r', '\0', '%', '/%zz', '//', '=', '!', 'Role=a', '\ud800', '/\u0301'),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const text = fc.array(fc.array(word, { maxLength: 6 }).map((words) => words.join(' '))).map((all) => all.join('\n'));
  const dialect = fc.constantFrom<Dialect | undefined>(undefined, 'netlify', 'cloudflare');

  test('each line with words makes a rule or a diagnostic', () => {
    fc.assert(
      fc.property(text, dialect, (written, asked) => {
        const { rules, diagnostics } = read(written, asked);
        const told = new Set([...rules, ...diagnostics].map(({ source }) => source.line));
        const lines = written
          .replace(/^\uFEFF/, '')
          .split('\n')
          .flatMap((line, index) => {
            const said = line.trim();
            return said === '' || said.startsWith('#') ? [] : [index + 1];
          });
        expect([...told].sort((a, b) => Number(a) - Number(b))).toEqual(lines);
      }),
      { numRuns: 500 },
    );
  });

  test('each rule can be matched, and leads to a URL whose host no request can choose', () => {
    fc.assert(
      fc.property(text, dialect, (written, asked) => {
        for (const { from, slashMatters, to } of read(written, asked).rules) {
          expect(() => new RegExp(pathExpression(from, slashMatters).source)).not.toThrow();
          expect(from[0]).toMatchObject({ kind: 'text', text: expect.stringMatching(/^\//) });
          expect(to.path[0]).toMatchObject({ kind: 'text', text: expect.stringMatching(/^\//) });
          expect(to.origin === null || new URL(to.origin).origin === to.origin).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
