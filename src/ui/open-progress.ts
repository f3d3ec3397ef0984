import { systemClock } from '../app/system-clock.ts';
import { plainProgress } from './plain-progress.ts';
import type { ProgressView } from './progress-view.ts';

/** Picks the view that fits; listr2 is loaded only where rows can move. */
export async function openProgress({ quiet }: { readonly quiet: boolean }): Promise<ProgressView> {
  if (quiet) return { notify: () => {}, settle: async () => {} };
  const rowsCanMove = process.stderr.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb';
  if (!rowsCanMove) {
    return plainProgress({ write: (line) => process.stderr.write(`${line}\n`), clock: systemClock });
  }
  const { liveProgress } = await import('./live-progress.ts');
  return liveProgress(systemClock);
}
