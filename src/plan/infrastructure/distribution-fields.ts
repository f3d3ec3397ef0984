import { canonicalPath } from '../../edge/canonical-path.ts';
import type { DistributionField, DistributionFields, FieldChange } from '../../model/infrastructure.ts';
import { distributionFields } from '../../model/infrastructure.ts';
import { knownOrRef, type Value } from '../../model/ref.ts';
import type { CdnSnapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';
import type { OriginFields } from './origin-fields.ts';

/** Metadata of S3 objects: their header `x-amz-meta-cache-tag`. */
const cacheTagHeader = 'x-amz-meta-cache-tag';

interface FieldsInput {
  readonly target: Target;
  /** Key of the page that a missing path answers with. */
  readonly notFoundKey: string;
  readonly resolved: CdnSnapshot['resolved'];
  /** The function that answers pass as well; empty for none. */
  readonly responseFunction: Value;
  readonly origins: OriginFields;
}

/** What the distribution should say in the fields that cdnpub owns. */
export function desiredFields({
  target,
  notFoundKey,
  resolved,
  responseFunction,
  origins,
}: FieldsInput): DistributionFields {
  return {
    // Without it `/` would list the bucket, as the policy grants ListBucket to turn a missing key into a 404.
    DefaultRootObject: 'index.html',
    // The regional name: the global one answers 307 for the first hours of a bucket's life.
    'Origin.DomainName': `${target.bucket}.s3.${target.region}.amazonaws.com`,
    'Origin.OriginPath': target.prefix === '' ? '' : `/${target.prefix.slice(0, -1)}`,
    'Origin.OriginAccessControlId': knownOrRef(resolved, 'oac.id'),
    'DefaultCacheBehavior.ViewerProtocolPolicy': 'redirect-to-https',
    'DefaultCacheBehavior.AllowedMethods': 'GET,HEAD',
    'DefaultCacheBehavior.Compress': 'true',
    'DefaultCacheBehavior.CachePolicyId': knownOrRef(resolved, 'cachePolicy.id'),
    'DefaultCacheBehavior.ResponseHeadersPolicyId': knownOrRef(resolved, 'headersPolicy.id'),
    'DefaultCacheBehavior.ViewerRequestFunction': knownOrRef(resolved, 'function.arn'),
    'DefaultCacheBehavior.ViewerResponseFunction': responseFunction,
    // Error pages are the whole distribution's: with another server on it the function shows the 404 page instead.
    CustomErrorResponses: errorResponses(origins.CacheBehaviors === '' ? notFoundKey : null),
    CacheTagConfig: cacheTagHeader,
    HttpVersion: 'http2and3',
    IPV6Enabled: 'true',
    ...origins,
  };
}

/** `code:page:answered code:seconds`, comma-separated. 404s are not kept, so that a page that appears is seen at once. */
function errorResponses(notFoundKey: string | null): string {
  const serverErrors = [500, 502, 503, 504].map((code) => `${code}:::5`);
  const notFound = notFoundKey === null ? '404:::0' : `404:${canonicalPath(notFoundKey)}:404:0`;
  return [notFound, ...serverErrors].join(',');
}

/** The owned fields that differ; all others of the distribution are nobody's business but its owner's. */
export function diffFields(actual: DistributionFields, desired: DistributionFields): readonly FieldChange[] {
  return distributionFields
    .filter((field) => textOf(actual[field]) !== textOf(desired[field]))
    .map((field: DistributionField) => ({ field, from: textOf(actual[field]), to: desired[field] }));
}

const textOf = (value: Value): string => (typeof value === 'string' ? value : `made by this deploy: ${value.ref}`);

/** Whether every edge reads the tags of what it fetches: only then can a tag make them forget it. */
export const readsTags = ({ distribution }: CdnSnapshot): boolean =>
  // One that this deploy makes reads them from its first request on.
  distribution === undefined ||
  (distribution.fields.CacheTagConfig === cacheTagHeader && distribution.status === 'Deployed');
