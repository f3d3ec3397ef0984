import { randomBytes } from 'node:crypto';

/** Id of a release: `r-20261122-101500-3f9a1c`, the time in UTC and six random digits. */
export function releaseId(nowMs: number): string {
  const [date = '', time = ''] = new Date(nowMs).toISOString().split('T');
  return `r-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(3).toString('hex')}`;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Id of a site: 10 lower-case letters and digits. */
export const siteId = (): string => [...randomBytes(10)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** Marks one call, so that a retry of it is recognised. */
export const callId = (): string => randomBytes(16).toString('hex');

/** Id of a lock, short enough to be typed: `L-1a2b3c`. */
export const lockId = (): string => `L-${randomBytes(3).toString('hex')}`;
