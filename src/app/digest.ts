import { createHash } from 'node:crypto';

/** SHA-256 as lower-case hex; the pure rooms get it as a function. */
export const digest = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');
