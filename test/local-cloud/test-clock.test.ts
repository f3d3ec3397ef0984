import { describe, expect, test } from 'vitest';
import { createTestClock } from '../support/test-clock.ts';

describe('the clock that a test moves', () => {
  test('runs what becomes due at its time and in order, and what that sets off', async () => {
    const clock = createTestClock(1000);
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(`${name} ${clock.now()}`);
    clock.after(30, note('c'));
    clock.after(10, note('a'));
    clock.after(10, note('b'));
    clock.after(20, note('never'))();
    void clock
      .sleep(15)
      .then(() => clock.sleep(10))
      .then(note('slept'));
    expect(clock.nextAt()).toBe(1010);
    await clock.advance(29);
    expect([seen, clock.now(), clock.monotonic()]).toEqual([['a 1010', 'b 1010', 'slept 1025'], 1029, 29]);
    await clock.advance(1);
    expect([seen.at(-1), clock.nextAt()]).toEqual(['c 1030', undefined]);
  });

  test('repeats a task, never twice at once, until it is stopped', async () => {
    const clock = createTestClock(0);
    const begun: number[] = [];
    const turns = clock.every(10, async () => {
      begun.push(clock.now());
      await clock.sleep(15);
    });
    await clock.advance(60);
    expect(begun).toEqual([10, 30, 50]);
    const stopped = turns.stop();
    await clock.advance(100);
    await stopped;
    expect(begun.length).toBe(3);
  });
});
