import { Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { Clock } from '../model/ports.ts';
import type { Phase } from '../model/progress.ts';
import type { ProgressView } from './progress-view.ts';
import { describeTally, type Tally, takeTally } from './tally.ts';

/** What is shown of the phases before a plan stands; they vanish when it does. */
const preparing: readonly Phase[] = ['scan', 'compare'];

const titles: Partial<Record<Phase, string>> = {
  scan: 'reading the build',
  compare: 'comparing with what is published',
};

const nameColumns = 18;

interface Row {
  show(): void;
  finish(): void;
  fail(error: Error): void;
}

const tickMs = 1_000;

/** Live rows on a terminal: what is being prepared, then one row for each phase of the plan, six at most. */
export function liveProgress(clock: Clock): ProgressView {
  const tallies = new Map<Phase, Tally>();
  let open: { readonly rows: ReadonlyMap<Phase, Row>; readonly done: Promise<unknown> } | undefined;
  // What only waits moves too.
  clock.every(tickMs, async () => {
    for (const row of open?.rows.values() ?? []) row.show();
  });
  const settle = async () => {
    for (const row of open?.rows.values() ?? []) row.finish();
    await open?.done;
    open = undefined;
  };
  return {
    notify(progress) {
      if (progress.kind === 'planned') {
        open = openRows(progress.phases, tallies, { vanish: false });
        return;
      }
      takeTally(tallies, progress, clock.now());
      open ??= openRows(preparing, tallies, { vanish: true });
      const row = open.rows.get(progress.phase);
      row?.show();
      if (progress.kind === 'finished') row?.finish();
      if (progress.kind === 'failed') row?.fail(new Error(progress.detail));
    },
    settle,
  };
}

function openRows(
  phases: readonly Phase[],
  tallies: ReadonlyMap<Phase, Tally>,
  { vanish }: { readonly vanish: boolean },
) {
  const opened = phases.map((phase) => openRow(phase, tallies));
  const list = new Listr(
    opened.map(({ task }) => task),
    {
      concurrent: true,
      exitOnError: false,
      renderer: 'default',
      rendererOptions: { clearOutput: vanish, showErrorMessage: false, collapseErrors: false, logger: stderrLogger() },
    },
  );
  const rows = new Map(opened.map(({ phase, row }) => [phase, row]));
  return { rows, done: list.run().catch(() => {}) };
}

/** Rows belong to people: standard output carries the result alone. */
const stderrLogger = () =>
  new ListrLogger({ useIcons: true, toStderr: [], processOutput: new ProcessOutput(process.stderr, process.stderr) });

function openRow(phase: Phase, tallies: ReadonlyMap<Phase, Tally>) {
  let finish = () => {};
  let fail = (_: Error) => {};
  const ended = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const title = () => {
    const tally = tallies.get(phase);
    const name = (titles[phase] ?? phase).padEnd(nameColumns);
    // The spinner and its space come before a title; one that is too long would be wrapped, and the rows jump.
    const room = Math.max((process.stderr.columns || Number.POSITIVE_INFINITY) - nameColumns - 5, 0);
    return `${name}${tally === undefined ? 'waiting' : describeTally(tally, Date.now(), room)}`;
  };
  const row: Row = { show: () => {}, finish, fail };
  const task = {
    title: title(),
    task: async (_: unknown, wrapper: { title?: string }) => {
      row.show = () => {
        wrapper.title = title();
      };
      await ended;
      row.show();
    },
  };
  return { phase, row, task };
}
