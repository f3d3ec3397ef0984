import { padText } from './text-width.ts';

/** A size for people: `340 B`, `12.1 kB`, `38.2 MB`; decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let power = 1;
  // What rounds up to 1,000.0 of one unit is 1.0 of the next.
  while (power < units.length && bytes / 1_000 ** power >= 999.95) power++;
  return `${(bytes / 1_000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** A duration for people: `0.9 s`, `41 s`, `3 min 5 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `1 file`, `3 files`. */
export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** CloudFront: a path of an invalidation costs 0.005 USD, after the first 1,000 of a month (aws.amazon.com/cloudfront/pricing). */
const dollarsPerPath = 0.005;

/** What invalidation paths cost where none of the free ones is left: `at most $0.02`; how many are left AWS does not tell. */
export const formatPrice = (paths: number): string =>
  `at most $${(paths * dollarsPerPath).toFixed(3).replace(/0$/, '')}`;

/** One line of a block: a label in a gutter of 14 columns, what it says, and where that comes from. */
export function row(label: string, text: string, note = ''): string {
  return `  ${padText(label, 14)}${note === '' ? text : `${padText(text, 37)}  ${note}`}`.trimEnd();
}

/** A time of day for people, in UTC: `21 Nov 09:02`. */
export function formatTime(epochSeconds: number): string {
  const [, day, month, , time] =
    /\w+, (\d+) (\w+) (\d+) (\d+:\d+)/.exec(new Date(epochSeconds * 1000).toUTCString()) ?? [];
  return `${day} ${month} ${time} UTC`;
}

/** A day for people, in UTC: `21 Nov`. */
export const formatDay = (epochSeconds: number): string => formatTime(epochSeconds).slice(0, 6);
