import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';
import { coveredObjects } from './pitfalls/covered-objects.ts';
import { coveredServing } from './pitfalls/covered-serving.ts';
import { objectPitfalls } from './pitfalls/objects.ts';
import { pitfallCounts } from './pitfalls/pitfall.ts';
import { servingPitfalls } from './pitfalls/serving.ts';

const covered = [...coveredObjects, ...coveredServing];
const tested = [...objectPitfalls, ...servingPitfalls];

describe('tested elsewhere', () => {
  test.each(covered)('$id $what: $file, $name', ({ file, name }) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    const quoted = ["'", '"', '`'].map((quote) => `${quote}${name}${quote}`);
    expect(quoted.some((literal) => text.includes(literal))).toBe(true);
  });
});

describe('tested here', () => {
  test.each(tested.map((pitfall) => [pitfall.id, pitfall.what, pitfall] as const))('%s %s', (_id, _what, { run }) =>
    run(openBench),
  );
});

test('every pitfall has its row', () => {
  const all = Object.entries(pitfallCounts).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, n) => `${kind}${n + 1}`),
  );
  const rows = new Set<string>([...covered.map(({ id }) => id), ...tested.map(({ id }) => id)]);
  expect(all.filter((id) => !rows.has(id))).toEqual([]);
  expect([...rows].filter((id) => !all.includes(id))).toEqual([]);
});
