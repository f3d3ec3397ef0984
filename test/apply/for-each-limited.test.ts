import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { forEachLimited, type Limit } from '../../src/apply/for-each-limited.ts';

/** Tasks that end when they are told to. */
function tasks() {
  const begun: number[] = [];
  const ends = new Map<number, { resolve(): void; reject(error: Error): void }>();
  return {
    begun,
    task: (item: number) =>
      new Promise<void>((resolve, reject) => {
        begun.push(item);
        ends.set(item, { resolve, reject });
      }),
    async end(item: number) {
      ends.get(item)?.resolve();
      await turn();
    },
    async fail(item: number) {
      ends.get(item)?.reject(new Error(`${item} failed`));
      await turn();
    },
  };
}

const items = [1, 2, 3, 4, 5, 6];

/** Each item weighs as much as its number. */
const weighed = (limit: Omit<Limit<number>, 'bytesOf'>): Limit<number> => ({ ...limit, bytesOf: (item) => item });

test.each<readonly [string, number | Limit<number>, readonly number[], readonly number[]]>([
  ['two at a time', 2, [1, 2], [1, 2, 3]],
  ['more than there are', 9, [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
  ['by weight', weighed({ tasks: 9, bytes: 6 }), [1, 2, 3], [1, 2, 3]],
  ['by weight, room for the next', weighed({ tasks: 9, bytes: 9 }), [1, 2, 3], [1, 2, 3, 4]],
  ['by weight and number', weighed({ tasks: 2, bytes: 100 }), [1, 2], [1, 2, 3]],
])('%s', async (_, limit, first, then) => {
  const { begun, task, end } = tasks();
  const all = forEachLimited(items, limit, task);
  await turn();
  expect(begun).toEqual(first);
  await end(1);
  expect(begun).toEqual(then);
  for (const item of items) await end(item);
  await all;
  expect(begun).toEqual(items);
});

test('one that is heavier than allowed runs alone', async () => {
  const { begun, task, end } = tasks();
  const all = forEachLimited([8, 9, 1], weighed({ tasks: 9, bytes: 5 }), task);
  await turn();
  expect(begun).toEqual([8]);
  await end(8);
  expect(begun).toEqual([8, 9]);
  await end(9);
  expect(begun).toEqual([8, 9, 1]);
  await end(1);
  await all;
});

test.each([2, weighed({ tasks: 9, bytes: 3 })])(
  'after a failure none is begun, those that run are waited for, and the first error is thrown',
  async (limit) => {
    const { begun, task, end, fail } = tasks();
    let isOver = false;
    const all = forEachLimited(items, limit, task).finally(() => {
      isOver = true;
    });
    all.catch(() => {});
    await turn();
    await fail(1);
    expect(isOver).toBe(false);
    await end(2);
    await expect(all).rejects.toThrow('1 failed');
    expect(begun).toEqual([1, 2]);
  },
);

test('nothing to do', async () => {
  await forEachLimited([], 4, () => Promise.reject(new Error('never')));
});
