import { expect, test } from 'vitest';
import { closestName } from '../../src/config/closest-name.ts';

const names = ['site', 'headers', 'cleanUrls', 'trailingSlash', 'retention', 'cdn', 'dir'];

test.each([
  ['hedaers', 'headers'],
  ['header', 'headers'],
  ['cleanurls', 'cleanUrls'],
  ['clean_urls', 'cleanUrls'],
  ['trailingslashes', 'trailingSlash'],
  ['dri', 'dir'],
  ['domains', undefined],
  ['xyz', undefined],
  ['', undefined],
])('%s', (typed, meant) => {
  expect(closestName(typed, names)).toBe(meant);
});

test('without names none is meant', () => {
  expect(closestName('a', [])).toBeUndefined();
});
