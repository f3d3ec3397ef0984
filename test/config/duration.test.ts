import { expect, test } from 'vitest';
import { parseDuration } from '../../src/config/duration.ts';

test.each([
  ['30s', 30],
  ['5m', 300],
  ['12h', 43_200],
  ['14d', 1_209_600],
  ['0', 0],
  ['0s', 0],
  ['', undefined],
  ['30', undefined],
  ['1.5h', undefined],
  ['-1s', undefined],
  ['5 m', undefined],
  ['5M', undefined],
  ['1w', undefined],
  ['1h30m', undefined],
  ['99999999999999999999d', undefined],
])('%s', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});
