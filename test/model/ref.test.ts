import { expect, test } from 'vitest';
import { ref, resolve } from '../../src/model/ref.ts';

test('a known value is itself, a reference what an earlier step made', () => {
  expect(resolve('here', {})).toBe('here');
  expect(resolve(ref('store.arn'), { 'store.arn': 'arn:1' })).toBe('arn:1');
});

test('a reference that nothing made is a bug, not an empty text', () => {
  expect(() => resolve(ref('oac.id'), { 'store.arn': 'arn:1' })).toThrow(
    'oac.id is used before the step that makes it',
  );
});
