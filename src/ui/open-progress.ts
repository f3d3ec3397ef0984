import { plainProgress } from './plain-progress.ts';
import type { ProgressView } from './progress-view.ts';

/** Picks the view that fits; listr2 is loaded only where rows can move. */
export async function openProgress({ quiet }: { readonly quiet: boolean }): Promise<ProgressView> {
  if (quiet) return { notify: () => {}, settle: async () => {} };
  if (!process.stderr.isTTY || !process.stdout.isTTY) return plainProgress((line) => process.stderr.write(`${line}\n`));
  const { liveProgress } = await import('./live-progress.ts');
  return liveProgress();
}
