import type { Notify } from '../model/progress.ts';

/** How progress is shown: live rows on a terminal, a line a phase elsewhere, nothing when told to be quiet. */
export interface ProgressView {
  readonly notify: Notify;
  /** Waits until nothing moves any more, so that other lines can be printed. */
  settle(): Promise<void>;
}
