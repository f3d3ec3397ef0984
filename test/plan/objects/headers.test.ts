import { expect, test } from 'vitest';
import { describeHeaderChange } from '../../../src/plan/objects/describe-header-change.ts';
import { equalHeaders } from '../../../src/plan/objects/equal-headers.ts';

test.each([
  [{}, {}, ''],
  [{ a: '1', b: '2' }, { b: '2', a: '1' }, ''],
  [{ a: '1' }, { a: '2' }, 'a: 1 → 2'],
  [{ a: '1' }, {}, 'a: 1 → none'],
  [{}, { a: '1' }, 'a: none → 1'],
  [{ b: '1', a: '1' }, { a: '2', c: '' }, 'a: 1 → 2, b: 1 → none, c: none → '],
] as const)('%j to %j: %s', (from, to, expected) => {
  expect(describeHeaderChange(from, to)).toBe(expected);
  expect(equalHeaders(from, to)).toBe(expected === '');
});
