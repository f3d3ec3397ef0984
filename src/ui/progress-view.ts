import type { Notify } from '../model/progress.ts';
import { plainProgress } from './plain-progress.ts';

/** How progress is shown: live rows on a terminal, a line a phase elsewhere, nothing when told to be quiet. */
export interface ProgressView {
  readonly notify: Notify;
  /** Waits until nothing moves any more, so that other lines can be printed. */
  settle(): Promise<void>;
}

/** Picks the view that fits; listr2 is loaded only where rows can move. */
export async function openProgress({ quiet }: { readonly quiet: boolean }): Promise<ProgressView> {
  if (quiet) return { notify: () => {}, settle: async () => {} };
  if (!process.stderr.isTTY || !process.stdout.isTTY) return plainProgress((line) => process.stderr.write(`${line}\n`));
  const { liveProgress } = await import('./live-progress.ts');
  return liveProgress();
}
