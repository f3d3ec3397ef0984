import type { Phase } from '../model/progress.ts';
import type { ProgressView } from './progress-view.ts';
import { describeTally, type Tally, takeTally } from './tally.ts';

/** Long phases say every so often that they are alive. */
const reminderMs = 10_000;

/** Over before anyone wonders. */
const unsaid = new Set<Phase>(['scan', 'compare']);

/** Without a terminal each phase is one line, when it ends. */
export function plainProgress(write: (line: string) => void): ProgressView {
  const tallies = new Map<Phase, Tally>();
  const told = new Map<Phase, number>();
  return {
    notify(progress) {
      if (progress.kind === 'planned') return;
      const nowMs = Date.now();
      const tally = takeTally(tallies, progress, nowMs);
      const line = (mark: string) =>
        write(`  ${mark} ${tally.phase.padEnd(16)}${describeTally(tally, nowMs)}`.trimEnd());
      if (unsaid.has(progress.phase)) return;
      if (progress.kind === 'finished') line('✔');
      if (progress.kind === 'failed') line('✖');
      if (progress.kind === 'advanced' && nowMs - (told.get(progress.phase) ?? tally.startedMs) >= reminderMs) {
        told.set(progress.phase, nowMs);
        line(' ');
      }
    },
    settle: async () => {},
  };
}
