import type { XmlTree } from '../../xml.ts';
import type { Policy } from '../state.ts';
import { listOf } from '../tree.ts';
import { managedPolicy } from './managed-policy.ts';

const viaOrigin = ['host', 'origin', 'x-http-method', 'x-http-method-override', 'x-method-override'];

/** The managed cache policies. */
export const managedCachePolicies: readonly Policy[] = [
  policy('658327ea-f89d-4fab-a63d-7e88639e58f6', 'Managed-CachingOptimized', { ttl: [1, 86400, 31536000] }),
  policy('b2884449-e4de-46a7-ac36-70bc7f1ddd6d', 'Managed-CachingOptimizedForUncompressedObjects', {
    ttl: [1, 86400, 31536000],
    compressed: 'false',
  }),
  policy('4135ea2d-6df8-44a3-9df3-4b5a84be39ad', 'Managed-CachingDisabled', { ttl: [0, 0, 0], compressed: 'false' }),
  policy('2e54312d-136d-493c-8eb9-b001f22f67d2', 'Managed-Amplify', {
    ttl: [2, 2, 600],
    headers: ['Authorization', 'CloudFront-Viewer-Country', 'Host'],
    cookies: 'all',
    queryStrings: 'all',
  }),
  policy('08627262-05a9-4f76-9ded-b50ca2e3a84f', 'Managed-Elemental-MediaPackage', {
    ttl: [0, 86400, 31536000],
    headers: ['origin'],
    queryStrings: ['aws.manifestfilter', 'start', 'end', 'm'],
  }),
  policy('83da9c7e-98b4-4e11-a168-04f0df8e2c65', 'UseOriginCacheControlHeaders', {
    ttl: [0, 0, 31536000],
    headers: viaOrigin,
    cookies: 'all',
  }),
  policy('4cc15a8a-d715-48a4-82b8-cc0b614638fe', 'UseOriginCacheControlHeaders-QueryStrings', {
    ttl: [0, 0, 31536000],
    headers: viaOrigin,
    cookies: 'all',
    queryStrings: 'all',
  }),
];

interface Content {
  /** Least, default and most; seconds. */
  readonly ttl: readonly [number, number, number];
  readonly compressed?: 'false';
  readonly headers?: readonly string[];
  readonly cookies?: 'all';
  readonly queryStrings?: 'all' | readonly string[];
}

function policy(id: string, name: string, content: Content): Policy {
  const { ttl, compressed = 'true', headers = [], cookies = 'none', queryStrings = 'none' } = content;
  return managedPolicy('CachePolicy', id, name, {
    MinTTL: String(ttl[0]),
    DefaultTTL: String(ttl[1]),
    MaxTTL: String(ttl[2]),
    ParametersInCacheKeyAndForwardedToOrigin: {
      EnableAcceptEncodingGzip: compressed,
      EnableAcceptEncodingBrotli: compressed,
      HeadersConfig: writeHeaders(headers),
      CookiesConfig: { CookieBehavior: cookies },
      QueryStringsConfig: writeQueryStrings(queryStrings),
    },
  });
}

function writeHeaders(headers: readonly string[]): XmlTree {
  if (headers.length === 0) return { HeaderBehavior: 'none' };
  return { HeaderBehavior: 'whitelist', Headers: listOf('Name', headers) };
}

function writeQueryStrings(names: string | readonly string[]): XmlTree {
  if (typeof names === 'string') return { QueryStringBehavior: names };
  return { QueryStringBehavior: 'whitelist', QueryStrings: listOf('Name', names) };
}
