import type { Clock } from '../model/ports.ts';
import type { Phase } from '../model/progress.ts';
import type { ProgressView } from './progress-view.ts';
import { describeTally, type Tally, takeTally } from './tally.ts';

/** Long phases say every so often that they are alive. */
const reminderMs = 10_000;

/** Over before anyone wonders: told only while they last long. */
const unsaid = new Set<Phase>(['scan', 'compare']);

const names: Partial<Record<Phase, string>> = { scan: 'reading', compare: 'comparing' };

/** Without a terminal each phase is one line, when it ends; one that lasts says so, also while it only waits. */
export function plainProgress(options: {
  readonly write: (line: string) => void;
  readonly clock: Clock;
}): ProgressView {
  const { write, clock } = options;
  const tallies = new Map<Phase, Tally>();
  const open = new Map<Phase, { stop(): Promise<void> }>();
  const line = (mark: string, tally: Tally) =>
    write(`  ${mark} ${(names[tally.phase] ?? tally.phase).padEnd(16)}${describeTally(tally, clock.now())}`.trimEnd());
  const end = (phase: Phase) => {
    void open.get(phase)?.stop();
    open.delete(phase);
  };
  return {
    notify(progress) {
      if (progress.kind === 'planned') return;
      const { phase, kind } = progress;
      const tally = takeTally(tallies, progress, clock.now());
      if (kind === 'started') {
        end(phase);
        open.set(
          phase,
          clock.every(reminderMs, async () => line(' ', tally)),
        );
      }
      if (kind === 'finished' || kind === 'failed') {
        end(phase);
        if (!unsaid.has(phase)) line(kind === 'finished' ? '✔' : '✖', tally);
      }
    },
    settle: async () => {
      for (const phase of [...open.keys()]) end(phase);
    },
  };
}
