import { expect, test } from 'vitest';
import type { Progress } from '../../src/model/progress.ts';
import { plainProgress } from '../../src/ui/plain-progress.ts';
import { describeTally, type Tally, takeTally } from '../../src/ui/tally.ts';
import { createManualTime } from '../support/manual-time.ts';

const upload = { phase: 'upload' } as const;

/** The tally of an upload of 412 files, of which so many are there after so many seconds. */
function tallyOf(done: number, bytesEach: number, end: readonly Progress[] = []): Tally {
  const tallies = new Map();
  const steps: readonly Exclude<Progress, { kind: 'planned' }>[] = [
    { kind: 'started', ...upload, total: 412, bytes: 38_200_000 },
    ...Array.from({ length: done }, () => ({ kind: 'advanced', ...upload, name: 'a', bytes: bytesEach }) as const),
  ];
  for (const step of steps) takeTally(tallies, step, 0);
  for (const step of end) if (step.kind !== 'planned') takeTally(tallies, step, 12_000);
  return tallies.get('upload');
}

test.each([
  ['at its beginning', tallyOf(0, 0), 500, undefined, '0/412 · 0 B of 38.2 MB'],
  ['half way', tallyOf(287, 74_565), 2_200, undefined, '287/412 · 21.4 of 38.2 MB · 9.7 MB/s'],
  ['slowly', tallyOf(287, 74_565), 22_000, undefined, '287/412 · 21.4 of 38.2 MB · 972.7 kB/s · 22 s'],
  ['on 30 columns', tallyOf(287, 74_565), 22_000, 30, '287/412 · 21.4 of 38.2 MB'],
  ['on 5 columns', tallyOf(287, 74_565), 22_000, 5, '287/412'],
  [
    'at its end',
    tallyOf(412, 92_718, [{ kind: 'finished', ...upload, detail: '' }]),
    99_000,
    undefined,
    '412/412 · 38.2 MB · 12 s',
  ],
])('an upload %s', (_, tally, nowMs, columns, expected) => expect(describeTally(tally, nowMs, columns)).toBe(expected));

test('without a terminal a phase is one line, and one that only waits says so every ten seconds', async () => {
  const time = createManualTime(0);
  const lines: string[] = [];
  const { notify, settle } = plainProgress({ write: (line) => lines.push(line), clock: time.clock() });
  notify({ kind: 'planned', phases: ['upload', 'invalidate'] });
  notify({ kind: 'started', phase: 'compare', total: 0, bytes: 0 });
  await time.advance(11_000);
  notify({ kind: 'finished', phase: 'compare', detail: '' });
  notify({ kind: 'started', ...upload, total: 1, bytes: 10 });
  notify({ kind: 'advanced', ...upload, name: 'a', bytes: 10 });
  notify({ kind: 'finished', ...upload, detail: '' });
  notify({ kind: 'started', phase: 'invalidate', total: 1, bytes: 0 });
  await time.advance(25_000);
  notify({ kind: 'failed', phase: 'invalidate', detail: 'too slow' });
  await time.advance(25_000);
  notify({ kind: 'started', phase: 'delete', total: 1, bytes: 0 });
  await settle();
  await time.advance(25_000);
  expect(lines).toEqual([
    '    comparing       10 s',
    '  ✔ upload          1/1 · 10 B',
    '    invalidate      0/1 · 10 s',
    '    invalidate      0/1 · 20 s',
    '  ✖ invalidate      too slow · 0/1 · 25 s',
  ]);
});
