import { gzipSync } from 'node:zlib';

/** Text as gzip, for documents of the state folder that grow with the site. */
export const gzip = (text: string): Uint8Array => gzipSync(text);
