import { ServiceFault } from '../service-fault.ts';
import type { WireRequest } from '../wire.ts';
import type { Bucket } from './model.ts';

export interface RegionQuestion {
  readonly bucket: Bucket;
  readonly request: WireRequest;
  readonly style: 'path' | 'host';
  readonly op: string;
}

/**
 * Turns away a request signed for another region than the bucket's. A path-style one reached the region that it was
 * signed for, which answers with the right one (301); a host-style one for us-east-1 was led by DNS to the bucket's own
 * region, which finds the scope wrong (400).
 */
export function checkRegion({ bucket, request, style, op }: RegionQuestion): void {
  const { region } = bucket.settings;
  const asked = request.region;
  if (asked === undefined || asked === region) return;
  // us-east-1 tells any bucket's location: that is how clients find it.
  if (op === 'GetBucketLocation' && asked === 'us-east-1') return;
  const headers = { 'x-amz-bucket-region': region };
  if (style === 'host' && asked === 'us-east-1') {
    const message = `The authorization header is malformed; the region '${asked}' is wrong; expecting '${region}'`;
    throw new ServiceFault(400, 'AuthorizationHeaderMalformed', message, { headers, details: { Region: region } });
  }
  const message =
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.';
  const details = { Endpoint: `s3.${region}.amazonaws.com`, Bucket: bucket.settings.name };
  throw new ServiceFault(301, 'PermanentRedirect', message, { headers, details });
}
