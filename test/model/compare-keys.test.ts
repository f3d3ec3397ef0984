import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys } from '../../src/model/compare-keys.ts';

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

test.each([
  ['', ''],
  ['a', 'a/b'],
  ['a/b', 'a.b'],
  ['a', 'B'],
  ['\uffff', '\u{10000}'],
  ['\ue000', '\u{1f600}'],
  ['x\ud7ff', 'x\u{10ffff}'],
  ['\u{1f600}a', '\u{1f600}'],
  ['\u{1f600}', '\u{1f601}'],
  ['é', 'e\u0301'],
])('%j against %j', (a, b) => {
  expect(Math.sign(compareKeys(a, b))).toBe(byBytes(a, b));
  expect(Math.sign(compareKeys(b, a))).toBe(byBytes(b, a));
});

test('any two keys compare as their UTF-8 bytes do', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', '/', '\ue000', '\uffff', '\u{10000}'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 6,
  });
  fc.assert(
    fc.property(text, text, (a, b) => Math.sign(compareKeys(a, b)) === byBytes(a, b)),
    { seed: 1, numRuns: 500 },
  );
});
