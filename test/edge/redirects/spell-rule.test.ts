import { expect, test } from 'vitest';
import { readRedirects } from '../../../src/edge/redirects/read-redirects.ts';
import { spellRule } from '../../../src/edge/redirects/spell-rule.ts';

test.each([
  ['/old /new', '/old /new 301'],
  ['/blog/:year/* https://example.com/:year/:splat?a=1#top 302!', undefined],
  ['/find q=:q kind=book /books/:q 200', undefined],
  ['/ /fr/ 302 Country=CH,FR Language=fr Cookie=a', undefined],
  ['https://b.example/x /y 308', undefined],
])('%s', (line, expected = line) => {
  const [rule] = readRedirects({ text: line, file: '_redirects' }).rules;
  expect(rule && spellRule(rule)).toBe(expected);
});
