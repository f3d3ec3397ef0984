import type { Clock } from '../clock.ts';

/** Requests that take effect after their clients gave them up. */
export interface Landings {
  /** Does `task` so many milliseconds from now, by the server's clock. */
  plan(ms: number, task: () => Promise<void>): void;
  /** Lets go of all that have not landed. */
  cancel(): void;
}

export function createLandings(clock: Clock): Landings {
  const planned = new Set<() => void>();
  return {
    plan(ms, task) {
      const cancel = clock.after(ms, () => {
        planned.delete(cancel);
        void task();
      });
      planned.add(cancel);
    },
    cancel() {
      for (const each of planned) each();
      planned.clear();
    },
  };
}
