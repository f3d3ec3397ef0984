import { describe, expect, test } from 'vitest';
import { collectRedirects } from '../../../src/edge/redirects/collect-redirects.ts';
import type { RedirectSetting, Settings } from '../../../src/model/settings.ts';
import { makeSettings } from '../../support/make-settings.ts';

const setting = (given: Partial<RedirectSetting>): RedirectSetting => ({
  source: { file: 'cdnpub.config.json', line: 7, entry: 'redirects[0]' },
  ...{ from: '/a', to: '/b', status: null, force: false, query: {}, country: [], language: [], cookie: [] },
  ...given,
});

const collect = (text: string | null, given: Partial<Settings> = {}) =>
  collectRedirects({ text, settings: makeSettings(given), keys: ['index.html'] });

const told = (text: string | null, given: Partial<Settings> = {}): readonly string[] =>
  collect(text, given).diagnostics.map(
    ({ source, level, message }) => `${source.file}:${source.line} ${level}: ${message}`,
  );

test('nothing is said where there is nothing', () => {
  expect(collect(null)).toEqual({ rules: [], proxies: [], diagnostics: [] });
});

test('the rules of the config come after those of the file, and mean the same', () => {
  const { rules, diagnostics } = collect('/s q=:q /t/:q 302! Country=de\n', {
    redirects: [setting({ from: '/s2', to: '/t/:q', status: 302, force: true, query: { q: ':q' }, country: ['de'] })],
  });
  expect(diagnostics).toEqual([]);
  const [first, second] = rules;
  expect(second).toEqual({ ...first, source: second?.source, from: [{ kind: 'text', text: '/s2' }] });
});

test('one rule may go before another, wherever they stand', () => {
  expect(told('/a /x 301!', { redirects: [setting({})] })).toEqual([
    'cdnpub.config.json:7 warning: never applies: _redirects:1 goes before it',
  ]);
});

test('the entries of the config are Netlify rules, whatever the file is', () => {
  const { rules } = collect('/v:x /w/:x', { redirects: [setting({})] });
  expect(rules.map(({ status, force, slashMatters }) => ({ status, force, slashMatters }))).toEqual([
    { status: 302, force: true, slashMatters: true },
    { status: 301, force: false, slashMatters: false },
  ]);
});

test('the dialect of the config goes before that of the file', () => {
  expect(collect('/v:x /w/:x', { redirectsDialect: 'netlify' }).rules).toMatchObject([{ status: 301, force: false }]);
  expect(collect('/a /b', { redirectsDialect: 'cloudflare' }).rules).toMatchObject([{ status: 302, force: true }]);
});

test('an entry that cannot be honoured is told with its place', () => {
  expect(told(null, { redirects: [setting({ to: '//evil.example' })] })).toEqual([
    'cdnpub.config.json:7 error: //evil.example would be another host: write https://evil.example',
  ]);
});

test('without a distribution each rule is told to need one', () => {
  expect(told('/a /b 301!\n/c', { cdn: false })).toEqual([
    '_redirects:1 error: redirects need a distribution that cdnpub manages',
    '_redirects:2 error: a destination is missing: /c /where/it/leads',
  ]);
  expect(collect('/a /b 301!', { cdn: false }).rules).toEqual([]);
});

describe('parts of the site that another server answers', () => {
  test.each<[string, readonly string[], string]>([
    ['/api/* https://api.e.com/:splat 200', ['/api', '/api/*'], 'https://api.e.com'],
    ['/api* https://api.e.com/:splat 200', ['/api*'], 'https://api.e.com'],
    ['/feed http://e.com:8080/rss 200', ['/feed', '/feed/'], 'http://e.com:8080'],
    ['/a%20b/* https://e.com/:splat 200!', ['/a b', '/a b/*'], 'https://e.com'],
  ])('%s', (line, patterns, origin) => {
    const { rules, proxies, diagnostics } = collect(line);
    expect(proxies).toEqual([{ source: rules[0]?.source, patterns, origin, rule: rules[0] }]);
    expect(diagnostics).toEqual([]);
  });

  test.each<[string, RegExp]>([
    ['/* https://e.com/:splat 200', /cannot answer every path: name the folders/],
    ['/:x/y https://e.com/:x 200', /chosen by a path, or by what it begins with/],
    ['/a/*/b https://e.com/ 200', /chosen by a path, or by what it begins with/],
    ['/a q=1 https://e.com/ 200', /chosen by the path alone/],
    ['/a https://e.com/ 200 Country=de', /chosen by the path alone/],
    ['https://x.e/a https://e.com/ 200', /chosen by the path alone/],
    ['/a%3Fb https://e.com/ 200', /has no \? or \*/],
  ])('and those that the path alone does not tell: %s', (line, message) => {
    const { rules, proxies, diagnostics } = collect(line);
    expect({ rules, proxies }).toEqual({ rules: [], proxies: [] });
    expect(diagnostics).toMatchObject([{ level: 'error', message: expect.stringMatching(message) }]);
  });
});
