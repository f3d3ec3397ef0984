import type { Phase, Progress } from '../model/progress.ts';
import { formatBytes, formatSeconds } from '../report/format.ts';

/** How far one phase has come. */
export interface Tally {
  readonly phase: Phase;
  total: number;
  bytes: number;
  done: number;
  doneBytes: number;
  detail: string;
  startedMs: number;
  /** undefined while it goes on. */
  endedMs: number | undefined;
}

/** Keeps count of each phase that is told of, and answers the count of this one. */
export function takeTally(
  tallies: Map<Phase, Tally>,
  progress: Exclude<Progress, { kind: 'planned' }>,
  nowMs: number,
): Tally {
  const { phase } = progress;
  const tally = tallies.get(phase) ?? {
    phase,
    total: 0,
    bytes: 0,
    done: 0,
    doneBytes: 0,
    detail: '',
    startedMs: nowMs,
    endedMs: undefined,
  };
  tallies.set(phase, tally);
  if (progress.kind === 'started') {
    Object.assign(tally, { total: progress.total, bytes: progress.bytes, startedMs: nowMs, endedMs: undefined });
  } else if (progress.kind === 'advanced') {
    tally.done += 1;
    tally.doneBytes += progress.bytes;
  } else {
    tally.detail = progress.detail;
    tally.endedMs = nowMs;
  }
  return tally;
}

/**
 * `287/412 · 21.4 of 38.2 MB · 9.8 MB/s`, and how long it took or has taken once that is worth telling. Where there is
 * room for so many columns only, what comes last is left out first.
 */
export function describeTally(tally: Tally, nowMs: number, columns = Number.POSITIVE_INFINITY): string {
  const { total, done, bytes, doneBytes, startedMs, endedMs, detail } = tally;
  const seconds = ((endedMs ?? nowMs) - startedMs) / 1000;
  const isOver = done === total;
  const counted = total > 0 ? [`${done}/${total}`] : [];
  const sized = bytes > 0 ? [isOver ? formatBytes(bytes) : formatProgress(doneBytes, bytes)] : [];
  const rate = bytes > 0 && seconds > 1 && !isOver ? [`${formatBytes(doneBytes / seconds)}/s`] : [];
  const took = seconds > (isOver ? 1 : worthTellingSeconds) ? [formatSeconds(seconds)] : [];
  const parts = [...(detail === '' ? [] : [detail]), ...counted, ...sized, ...rate, ...took];
  while (parts.length > 1 && parts.join(' · ').length > columns) parts.pop();
  return parts.join(' · ');
}

/** A wait that is shorter needs no number. */
const worthTellingSeconds = 5;

/** `21.4 of 38.2 MB`: the unit once where it is the same. */
function formatProgress(done: number, all: number): string {
  const [some = '', unit] = formatBytes(done).split(' ');
  const whole = formatBytes(all);
  return whole.endsWith(` ${unit}`) ? `${some} of ${whole}` : `${some} ${unit} of ${whole}`;
}
