import { describe, expect, test } from 'vitest';
import { collectOrigins } from '../../src/edge/collect-origins.ts';
import { collectRedirects } from '../../src/edge/redirects/collect-redirects.ts';
import { originProblem } from '../../src/model/origin-problem.ts';
import type { OriginSetting } from '../../src/model/settings.ts';
import { makeOrigin } from '../support/make-origin.ts';
import { makeSettings } from '../support/make-settings.ts';

const at = (pattern: string, url: string, index = 0): OriginSetting => ({
  source: { file: 'cdnpub.config.json', line: 10 + index },
  pattern,
  server: { ...makeOrigin([]).server, url },
});

/** Patterns and servers of what the config and `_redirects` say together. */
function collected(settings: readonly OriginSetting[], text = ''): readonly string[] {
  const { proxies } = collectRedirects({ text, settings: makeSettings(), keys: ['index.html'] });
  return collectOrigins({ settings, proxies }).map(({ patterns, server }) => `${patterns.join(' ')} ${server.url}`);
}

const many = (count: number, settingOf: (index: number) => OriginSetting) =>
  Array.from({ length: count }, (_, index) => settingOf(index));

describe('what other servers answer', () => {
  test.each<[string, readonly OriginSetting[], string, readonly string[]]>([
    ['nothing', [], '/a /b', []],
    ['a line that leads there', [], '/api/* https://a.example/:splat 200', ['/api /api/* https://a.example']],
    [
      'the config’s first, and a path of both is the config’s',
      [at('/api/*', 'https://b.example')],
      '/auth/* https://a.example/:splat 200\n/api/* https://a.example/:splat 200',
      ['/api/* https://b.example', '/auth /auth/* https://a.example', '/api https://a.example'],
    ],
  ])('%s', (_, settings, text, expected) => {
    expect(collected(settings, text)).toEqual(expected);
  });

  test('24 servers and 74 paths are what CloudFront takes beside the site; one more is told by its line', () => {
    const servers = many(25, (i) => at(`/${i}/*`, `https://s${i}.example`, i));
    expect(collected(servers.slice(0, 24))).toHaveLength(24);
    expect(() => collected(servers)).toThrow('cdnpub.config.json:34: this is the 25th other server');
    const paths = many(75, (i) => at(`/${i}/*`, 'https://a.example', i));
    expect(collected(paths.slice(0, 74))).toHaveLength(74);
    expect(() => collected(paths)).toThrow('cdnpub.config.json:84: this is path 75 of other servers');
  });

  test('a line that CloudFront could not be told is told by its place', () => {
    expect(() => collected([], '\n/é/* https://a.example/:splat 200')).toThrow(
      /^_redirects:2: a path of another server/,
    );
    expect(() => collected([], '/a/* https://127.0.0.1/:splat 200')).toThrow(/^_redirects:1: .*not its IP address/);
  });
});

test.each<[string, 'url' | 'pattern', boolean]>([
  ['https://api.example.com', 'url', true],
  ['http://localhost:8080/v1', 'url', true],
  ['https://api.example.com:22', 'url', false],
  ['https://10.0.0.1', 'url', false],
  ['https://user@example.com', 'url', false],
  ['https://api.example.com/?q', 'url', false],
  ['ftp://api.example.com', 'url', false],
  ['/api/*', 'pattern', true],
  ['/v?/*.json', 'pattern', true],
  ['api/*', 'pattern', false],
  ['/*', 'pattern', false],
  ['/a b', 'pattern', false],
  ['/a,b', 'pattern', false],
])('%s as the %s of another server', (value, kind, isRight) => {
  expect(originProblem[kind](value) === undefined).toBe(isRight);
});
