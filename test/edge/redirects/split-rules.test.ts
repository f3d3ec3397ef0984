import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRedirects } from '../../../src/edge/redirects/read-redirects.ts';
import { type SplitRules, splitRules } from '../../../src/edge/redirects/split-rules.ts';
import type { RedirectRule } from '../../../src/model/redirect-rule.ts';
import { type AskedFor, type Matched, matchRules } from './match-rules.ts';

const readRules = (text: string): readonly RedirectRule[] =>
  readRedirects({ text, file: '_redirects', dialect: 'netlify' }).rules;

const lineOf = ({ source }: RedirectRule) => source.line;

describe('what can be looked up and what must be tried', () => {
  test.each<[string, readonly number[], readonly string[], readonly number[]]>([
    ['/a /x\n/b/ /y\n/ /z', [], ['/a 1 either', '/b 2 either', '/ 3 either'], []],
    ['/a/* /x\n/b /y', [1], ['/b 2 either'], []],
    ['/a/* /x\n/a/b /y', [1], ['/a/b 2 either'], []],
    ['/a/b /y\n/a/* /x', [], ['/a/b 1 either'], [2]],
    ['https://e.com/* /x\n/a /y\n/* /z', [1], ['/a 2 either'], [3]],
    ['/b /y\n/a /x 302 Country=de\n/a /y', [2], ['/b 1 either', '/a 3 either'], []],
    ['/b /y\n/b /x q=1\n/:x /z 302 Country=de\n/a /y', [], ['/b 1 either'], [3, 4]],
    ['/b /y\n/:x /z\n/a /y', [], ['/b 1 either'], [2]],
    ['/b /y\n/:x /a\n/a /y', [], ['/b 1 either'], [2, 3]],
    ['/b /y\n/:x /a.html\n/a /y', [], ['/b 1 either'], [2, 3]],
    ['/b /y\n/:x /z\n/a/* /w\n/c/d /y', [], ['/b 1 either', '/c/d 4 either'], [2, 3]],
    ['/a /x\n/a/ /y\n/a /z', [], ['/a 1 either'], []],
  ])('%j', (text, first, exact, rest) => {
    const split = splitRules(readRules(text));
    expect(split.first.map(lineOf)).toEqual(first);
    expect(split.exact.map(({ path, slash, rule }) => `${path} ${lineOf(rule)} ${slash}`)).toEqual(exact);
    expect(split.rest.map(lineOf)).toEqual(rest);
  });

  test('where slashes matter, two rules may share a path', () => {
    const { rules } = readRedirects({ text: '/a /x\n/a/ /y\n/a /z', file: '_redirects', dialect: 'cloudflare' });
    const { exact } = splitRules(rules);
    expect(exact.map(({ path, slash }) => `${path} ${slash}`)).toEqual(['/a without', '/a with']);
  });
});

/** As the edge does it: look the path up, then try the rest. */
function matchSplit({ first, exact, rest }: SplitRules, asked: AskedFor): Matched | undefined {
  const path = asked.path.replace(/(.)\/$/, '$1');
  const slash = path === asked.path ? 'without' : 'with';
  const found = exact.filter((rule) => rule.path === path && (rule.slash === 'either' || rule.slash === slash));
  const lookedUp = found.map(({ rule }) => rule);
  return matchRules(first, asked) ?? matchRules(lookedUp, asked) ?? matchRules(rest, asked);
}

test('whatever the rules, the first of the file that matches is found', () => {
  const path = fc.constantFrom('/', '/a', '/a/', '/a/b', '/a/b/', '/b', '/a/*', '/*', '/:x', '/:x/b', '/a*', '/*/b');
  const to = fc.constantFrom('/a', '/a/b', '/c', '/:splat', '/a/:splat', '/:x', '/b/:x');
  const limit = fc.constantFrom('', '', '', ' 302 Country=de', ' 301!', ' 200', ' 302 Cookie=c');
  const rules = fc
    .array(
      fc.tuple(path, to, limit).map(([from, target, rest]) => `${from} ${target}${rest}`),
      { maxLength: 7 },
    )
    .chain((lines) =>
      fc.constantFrom<'netlify' | 'cloudflare'>('netlify', 'cloudflare').map((dialect) => ({ lines, dialect })),
    );
  const paths = ['/', '/a', '/a/', '/a/b', '/a/b/', '/b', '/c', '/ab', '/x/b'];
  fc.assert(
    fc.property(rules, fc.constantFrom(...paths), fc.constantFrom('DE', 'FR'), ({ lines, dialect }, asked, country) => {
      const { rules: all } = readRedirects({ text: lines.join('\n'), file: '_redirects', dialect });
      const request = { host: 'e.com', path: asked, query: new URLSearchParams(), country, languages: [], cookies: [] };
      const [found, wanted] = [matchSplit(splitRules(all), request), matchRules(all, request)];
      expect(found && [lineOf(found.rule), found.to]).toEqual(wanted && [lineOf(wanted.rule), wanted.to]);
    }),
    { numRuns: 1000 },
  );
});
