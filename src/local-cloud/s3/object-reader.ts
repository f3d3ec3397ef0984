import { randomUUID } from 'node:crypto';
import type { Caller, ServiceHandler, WireRequest } from '../wire.ts';

/**
 * Reads objects for another service in the name of its caller, by the requests that the permissions are named after:
 * GetBucketLocation, then GetObject. Throws what S3 throws.
 */
export function objectReader(s3: ServiceHandler): (caller: Caller, bucket: string, key: string) => Promise<Buffer> {
  return async (caller, bucket, key) => {
    const path = key.split('/').map(encodeURIComponent).join('/');
    await s3(get(caller, `/${bucket}`, 'location'));
    const { body = '' } = await s3(get(caller, `/${bucket}/${path}`));
    return Buffer.from(body);
  };
}

const get = (caller: Caller, rawPath: string, query = ''): WireRequest => ({
  ...{ id: randomUUID(), service: 's3', method: 'GET', rawPath, caller },
  query: new URLSearchParams(query),
  host: 'localhost',
  headers: {},
  body: Buffer.alloc(0),
  trailers: {},
});
