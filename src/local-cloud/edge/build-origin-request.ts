import { Buffer } from 'node:buffer';
import type { EdgeDistribution, EdgeOrigin, EdgeOriginRequestPolicy } from '../edge-view.ts';
import type { EdgeRequest } from './edge-request.ts';
import { forwardedCookie, forwardedHeaders, forwardedQuery } from './forwarded-values.ts';
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from './header-lines.ts';
import type { CacheKey } from './make-cache-key.ts';
import { type ServiceKey, signOriginRequest } from './sign-origin-request.ts';

export interface OriginRequest {
  readonly method: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  readonly headers: HeaderLines;
}

/**
 * The request to an origin: the origin path before the URI, of the viewer's query string, headers and cookies only what
 * the cache key and the origin request policy name, and CloudFront's own headers ("HTTP request headers and
 * CloudFront behavior"). S3 is asked at its port, path style. With an origin access control the request is signed, and the
 * viewer's Authorization goes no further.
 */
export function buildOriginRequest(options: {
  readonly distribution: EdgeDistribution;
  readonly origin: EdgeOrigin;
  readonly request: EdgeRequest;
  readonly key: CacheKey;
  readonly forward: EdgeOriginRequestPolicy | undefined;
  readonly method: string;
  /** What the origin is called: `127.0.0.1:PORT` of S3. */
  readonly host: string;
  readonly via: string;
  /** If-None-Match and If-Modified-Since where an expired copy is checked. */
  readonly conditions: HeaderLines;
  readonly serviceKey: ServiceKey;
  readonly at: number;
}): OriginRequest {
  const { origin, key, method } = options;
  const { bucket, region } = readBucketHost(origin.domainName);
  const values = forwardedQuery(options);
  const query = values === '' ? '' : `?${values}`;
  const folder = origin.kind === 's3' ? `/${bucket}` : '';
  const target = wireSpelling(`${folder}${origin.originPath}${key.uri}${query}`);
  const plain = [...originHeaders(options), ...options.conditions];
  if (!origin.signed) return { method, target, headers: plain };
  const headers = withHeaders(withoutHeaders(plain, ['authorization']), [
    ['x-cdnpub-source-arn', options.distribution.arn],
  ]);
  return {
    method,
    target,
    headers: signOriginRequest({ key: options.serviceKey, region, method, target, headers, at: options.at }),
  };
}

function originHeaders(options: Parameters<typeof buildOriginRequest>[0]): HeaderLines {
  const { request, key } = options;
  const forwardedFor = [headerValue(request.headers, 'x-forwarded-for'), request.ip].filter(
    (value) => value !== undefined,
  );
  const cookies = forwardedCookie(options);
  const cookie: HeaderLines = cookies === '' ? [] : [['cookie', cookies]];
  const passed = forwardedHeaders(options);
  // A custom origin sees the viewer's Host where a policy names it; S3 never does, as it would be another bucket.
  const ownHost = options.origin.kind === 'custom' ? (headerValue(passed, 'host') ?? options.host) : options.host;
  const forwarded = [...withoutHeaders(passed, ['host']), ...cookie];
  const own: HeaderLines = [
    ['host', ownHost],
    ['user-agent', headerValue(passed, 'user-agent') ?? 'Amazon CloudFront'],
    ['via', options.via],
    ['x-amz-cf-id', request.id],
    ['x-forwarded-for', forwardedFor.join(', ')],
    ['accept-encoding', acceptEncoding(key, passed)],
  ];
  const custom = Object.entries(options.origin.customHeaders).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  );
  // "If a custom header is already in the viewer request, CloudFront overwrites it."
  return withHeaders(withHeaders(forwarded, own), custom);
}

/**
 * "If both EnableAcceptEncodingGzip and EnableAcceptEncodingBrotli are false, then CloudFront treats the Accept-Encoding
 * header the same as any other header in the viewer request": a policy may send it on.
 */
const acceptEncoding = ({ encodings }: CacheKey, passed: HeaderLines): string =>
  encodings.length > 0 ? encodings.join(',') : (headerValue(passed, 'accept-encoding') ?? 'identity');

/** `BUCKET.s3.REGION.amazonaws.com`, `BUCKET.s3-REGION.amazonaws.com` or without the region (us-east-1). */
function readBucketHost(domainName: string): { readonly bucket: string; readonly region: string } {
  const [, bucket = domainName, region = 'us-east-1'] =
    /^(.+?)\.s3(?:[.-]([a-z0-9-]+))?\.amazonaws\.com$/.exec(domainName) ?? [];
  return { bucket, region };
}

/**
 * What cannot stand in a request line is percent-encoded as UTF-8 ("if a function changes the URI or query string,
 * CloudFront forwards the UTF-8 encoded values"); all else keeps its spelling.
 */
function wireSpelling(target: string): string {
  return target.replace(/[^\x21-\x7e]/gu, (char) =>
    [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
