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
  };
  tallies.set(phase, tally);
  if (progress.kind === 'started') {
    Object.assign(tally, { total: progress.total, bytes: progress.bytes, startedMs: nowMs });
  } else if (progress.kind === 'advanced') {
    tally.done += 1;
    tally.doneBytes += progress.bytes;
  } else {
    tally.detail = progress.detail;
  }
  return tally;
}

/** `287/412 · 21.4 MB of 38.2 MB · 9.8 MB/s`. */
export function describeTally({ total, done, bytes, doneBytes, startedMs, detail }: Tally, nowMs: number): string {
  const seconds = (nowMs - startedMs) / 1000;
  const counted = total > 0 ? [`${done}/${total}`] : [];
  const sized =
    bytes > 0 ? [done === total ? formatBytes(bytes) : `${formatBytes(doneBytes)} of ${formatBytes(bytes)}`] : [];
  const rate = bytes > 0 && seconds > 1 && done < total ? [`${formatBytes(doneBytes / seconds)}/s`] : [];
  const took = done === total && seconds > 1 ? [formatSeconds(seconds)] : [];
  return [...(detail === '' ? [] : [detail]), ...counted, ...sized, ...rate, ...took].join(' · ');
}
