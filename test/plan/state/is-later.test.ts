import { expect, test } from 'vitest';
import type { Manifest } from '../../../src/model/manifest.ts';
import { isLater } from '../../../src/plan/state/is-later.ts';
import { makeManifest } from '../../support/make-manifest.ts';

const written = (given: Partial<Manifest>, writtenAt = 100) => ({
  manifest: makeManifest([], { release: 'r-b', previousRelease: null, releases: [], finishedAt: 100, ...given }),
  writtenAt,
});

test.each<[string, Partial<Manifest>, number, Partial<Manifest>, number]>([
  [
    'what names the other as the one before it, in the same second',
    { previousRelease: 'r-a' },
    100,
    { release: 'r-a' },
    100,
  ],
  ['what names the other as kept', { releases: ['r-b', 'r-x', 'r-a'] }, 100, { release: 'r-a' }, 100],
  [
    'what names the other, by a clock that is slow',
    { previousRelease: 'r-c' },
    9,
    { release: 'r-c', finishedAt: 200 },
    99,
  ],
  ['what was finished later, whatever its name', { finishedAt: 101 }, 100, { release: 'r-c' }, 100],
  [
    'what was finished later, though the other was written again since',
    { finishedAt: 101 },
    100,
    { release: 'r-c' },
    999,
  ],
  ['what was written later, where both were finished in one second', {}, 101, { release: 'r-c' }, 100],
  ['what was written later of one release', {}, 101, {}, 100],
])('%s', (_, later, laterAt, earlier, earlierAt) => {
  expect(isLater(written(later, laterAt), written(earlier, earlierAt))).toBe(true);
  expect(isLater(written(earlier, earlierAt), written(later, laterAt))).toBe(false);
});

test('of two that tell the same, none', () => expect(isLater(written({}), written({}))).toBe(false));
