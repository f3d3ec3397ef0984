import { expect, test } from 'vitest';
import { toKeys } from '../../src/site/to-keys.ts';

test.each([
  ['a'.repeat(1024), true],
  ['a'.repeat(1025), false],
  ['\u4e2d'.repeat(341), true],
  ['\u4e2d'.repeat(342), false],
  ['\u{1f600}'.repeat(256), true],
  [`${'\u{1f600}'.repeat(256)}a`, false],
])('a key of up to 1,024 bytes goes (row %#)', (source, fits) => {
  if (fits) expect(toKeys([source])).toEqual([{ key: source, source }]);
  else expect(() => toKeys([source])).toThrow(expect.objectContaining({ code: 'E_DIR' }));
});

test('names that differ by case are two keys', () => {
  expect(toKeys(['b', 'B']).map(({ key }) => key)).toEqual(['B', 'b']);
});

test('only a folder at the root is reserved', () => {
  expect(toKeys(['docs/_cdnpub/a', '_cdnpub', '_cdnpublic/a'])).toHaveLength(3);
  expect(() => toKeys(['_cdnpub/a'])).toThrow('_cdnpub/');
});
