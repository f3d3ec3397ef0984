import { createHash } from 'node:crypto';

/** SHA-256 in hex, as the pure rooms are given it. */
export const digest = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
