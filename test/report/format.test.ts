import { describe, expect, test } from 'vitest';
import { escapeName } from '../../src/report/escape-name.ts';
import { count, formatBytes, formatSeconds, formatTime, row } from '../../src/report/format.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [12_100, '12.1 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [999_999, '1.0 MB'],
  [38_200_000, '38.2 MB'],
  [1_000_000_000, '1.0 GB'],
  [5_000_000_000_000, '5.0 TB'],
  [5_000_000_000_000_000, '5000.0 TB'],
])('%i bytes are %s', (bytes, expected) => expect(formatBytes(bytes)).toBe(expected));

test.each([
  [0, '0.0 s'],
  [0.94, '0.9 s'],
  [9.94, '9.9 s'],
  [9.96, '10 s'],
  [10, '10 s'],
  [41.4, '41 s'],
  [119.4, '119 s'],
  [119.6, '2 min 0 s'],
  [185, '3 min 5 s'],
  [3_600, '60 min 0 s'],
])('%d seconds are %s', (seconds, expected) => expect(formatSeconds(seconds)).toBe(expected));

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
])('%i: %s', (n, expected) => expect(count(n, 'file')).toBe(expected));

test('times are told in UTC, as the machine’s own zone says nothing to the next reader', () => {
  expect(formatTime(1_795_250_530)).toBe('21 Nov 08:42 UTC');
  expect(formatTime(0)).toBe('01 Jan 00:00 UTC');
});

test('labels stand in a gutter of 14 columns', () => {
  expect(row('Live', 'https://example.com')).toBe('  Live          https://example.com');
  expect(row('Site', 'docs', 'from --site')).toBe('  Site          docs                                   from --site');
  expect(row('', '')).toBe('');
});

describe('names from disk', () => {
  test.each([
    ['plain name.html', 'plain name.html'],
    ['日本語/é.html', '日本語/é.html'],
    ['👩‍👩‍👧.png', '👩‍👩‍👧.png'],
    ['a\nb', 'a\\u{a}b'],
    ['a\tb', 'a\\u{9}b'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u009b31m', '\\u{9b}31m'],
    ['a\u0000', 'a\\u{0}'],
    ['a\u007f', 'a\\u{7f}'],
    ['gpj\u202eexe', 'gpj\\u{202e}exe'],
    ['\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['a\u2028b', 'a\\u{2028}b'],
  ])('%j is shown as %s', (name, expected) => expect(escapeName(name)).toBe(expected));
});
