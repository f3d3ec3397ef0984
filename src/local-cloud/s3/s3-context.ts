import type { Clock } from '../clock.ts';
import { ServiceFault } from '../service-fault.ts';
import type { WireRequest, WireResponse } from '../wire.ts';
import type { Bucket } from './model.ts';
import type { S3Store } from './store.ts';

/** What every operation works with. */
export interface S3Context {
  readonly request: WireRequest;
  readonly store: S3Store;
  readonly clock: Clock;
  /** AWS name of the operation. */
  readonly op: string;
  /** The name in the request, whether or not there is such a bucket; `''` for the service itself. */
  readonly bucketName: string;
  /** `''` where the request is not about an object. */
  readonly key: string;
}

/** An operation on a bucket that exists and that the caller may ask for. */
export interface BucketContext extends S3Context {
  readonly bucket: Bucket;
}

export type ServiceOperation = (context: S3Context) => WireResponse | Promise<WireResponse>;
export type BucketOperation = (context: BucketContext) => WireResponse | Promise<WireResponse>;

/** S3's namespace of response bodies. */
export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** S3 keeps and shows times in whole seconds. */
export function nowInSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000) * 1000;
}

export function notImplemented(): ServiceFault {
  return new ServiceFault(
    501,
    'NotImplemented',
    'A header you provided implies functionality that is not implemented.',
  );
}
