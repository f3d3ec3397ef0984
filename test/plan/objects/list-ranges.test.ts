import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareKeys } from '../../../src/model/compare-keys.ts';
import type { KeyRange } from '../../../src/model/ports.ts';
import { listRanges } from '../../../src/plan/objects/list-ranges.ts';

const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `k${String(i).padStart(5, '0')}`);

const holds = ({ after, through }: KeyRange, key: string): boolean =>
  (after === undefined || compareKeys(key, after) > 0) && (through === undefined || compareKeys(key, through) <= 0);

describe('the whole bucket', () => {
  test.each<[number, readonly KeyRange[]]>([
    [0, [{ after: undefined, through: undefined }]],
    [1, [{ after: undefined, through: undefined }]],
    [1_000, [{ after: undefined, through: undefined }]],
    [
      1_001,
      [
        { after: undefined, through: 'k00999' },
        { after: 'k00999', through: undefined },
      ],
    ],
    [
      2_000,
      [
        { after: undefined, through: 'k00999' },
        { after: 'k00999', through: undefined },
      ],
    ],
  ])('%i keys', (count, expected) => expect(listRanges(numbered(count))).toEqual(expected));

  test('every key that may be there lies in exactly one range', () => {
    const key = fc.string({ unit: 'grapheme-composite', minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.uniqueArray(key, { maxLength: 20 }), key, fc.nat(3_000), (extra, stranger, count) => {
        const keys = [...numbered(count), ...extra].sort(compareKeys);
        const ranges = listRanges(keys);
        return [stranger, ...extra].every((one) => ranges.filter((range) => holds(range, one)).length === 1);
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

describe('only what is wanted', () => {
  test.each<[string, number, readonly string[], readonly KeyRange[]]>([
    ['nothing', 3, [], []],
    ['nothing of an empty build', 0, [], []],
    ['one in the middle', 3, ['k00001'], [{ after: 'k00000', through: 'k00001' }]],
    ['the first', 3, ['k00000'], [{ after: undefined, through: 'k00000' }]],
    ['first and last of a page', 1_000, ['k00000', 'k00999'], [{ after: undefined, through: 'k00999' }]],
    [
      'one in each of two pages',
      2_000,
      ['k00500', 'k01000'],
      [
        { after: 'k00499', through: 'k00500' },
        { after: 'k00999', through: 'k01000' },
      ],
    ],
    ['a page without any is not asked for', 3_000, ['k02999'], [{ after: 'k02998', through: 'k02999' }]],
    ['a key that is not in the list is not found', 3, ['x'], []],
  ])('%s', (_, count, wanted, expected) => expect(listRanges(numbered(count), new Set(wanted))).toEqual(expected));
});
