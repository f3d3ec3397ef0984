/** Where a header of a rule goes, or why it goes nowhere. */
export type HeaderPlace =
  /** Stored with the object and sent with it. */
  | { readonly kind: 'object' }
  /** Put on by CloudFront: the response headers policy, or the viewer-response function. */
  | { readonly kind: 'edge' }
  | { readonly kind: 'refused'; readonly why: string };

/** Where a header (its name in lower case) belongs. Sources of the lists stand beside them. */
export function headerPlace(name: string): HeaderPlace {
  if (isStored(name)) return { kind: 'object' };
  const why = refusals.find(([pattern]) => pattern.test(name))?.[1];
  return why === undefined ? { kind: 'edge' } : { kind: 'refused', why };
}

/** Headers that S3 keeps with an object and sends with it [S3 API: PutObject]. */
const isStored = (name: string): boolean =>
  /^(?:content-(?:type|encoding|disposition|language)|cache-control|expires|x-amz-meta-.+)$/.test(name);

const refusals: readonly (readonly [RegExp, string])[] = [
  [/^basic-auth$/, 'this is no header but how Netlify asks for passwords; say who may read in "auth" of the config'],
  [/^(?:etag|last-modified|accept-ranges|content-range|content-length|age)$/, 'S3 and CloudFront find it themselves'],
  [/^(?:date|server|x-cache)$/, 'CloudFront sends its own'],
  // CloudFront: "Restrictions on all edge functions", disallowed headers, and those that viewer-response may only read.
  [
    /^(?:connection|expect|keep-alive|proxy-(?:authenticate|authorization|connection)|trailer|upgrade|via|warning)$/,
    'CloudFront lets nobody set it',
  ],
  [/^(?:transfer-encoding|host|x-forwarded-proto|x-real-ip)$/, 'CloudFront lets nobody set it'],
  [/^x-(?:accel-|edge-|amz-cf-|amzn-)/, 'CloudFront lets nobody set it'],
  [/^x-amz-/, 'this name is kept for AWS'],
];
