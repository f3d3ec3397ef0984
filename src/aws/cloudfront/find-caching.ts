import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig, Origin } from '@aws-sdk/client-cloudfront';
import type { ForeignPlace } from '../../model/ports.ts';
import type { Caching } from '../../model/snapshot.ts';

type Behavior = DefaultCacheBehavior | CacheBehavior;

export const behaviorsOf = (config: DistributionConfig): readonly Behavior[] => [
  ...(config.DefaultCacheBehavior === undefined ? [] : [config.DefaultCacheBehavior]),
  ...(config.CacheBehaviors?.Items ?? []),
];

/**
 * Under which paths a distribution holds the folder of a bucket: those of the keys, unless something makes others of
 * them. `withQuery` are the ids of cache policies that keep answers by query string.
 */
export function findCaching(config: DistributionConfig, place: ForeignPlace, withQuery: ReadonlySet<string>): Caching {
  const origins = (config.Origins?.Items ?? []).filter((origin) => isBucket(origin, place));
  const targets = new Set([...origins.map(({ Id }) => Id), ...groupsWith(config, origins)]);
  const behaviors = behaviorsOf(config).filter(({ TargetOriginId }) => targets.has(TargetOriginId));
  const unknown = (why: string): Caching => ({ kind: 'unknown', why });
  if (behaviors.length === 0) return unknown(`it does not read the bucket ${place.bucket}`);
  if (behaviors.some(rewrites)) return unknown('a function of its own may rewrite addresses');
  if (behaviors.some((behavior) => keepsQuery(behavior, withQuery)))
    return unknown('query strings are part of its cache key');
  const [folder, ...others] = new Set(origins.map((origin) => folderUnder(origin, place)));
  return folder === undefined || others.length > 0
    ? unknown(`its origin path does not lead to ${place.prefix === '' ? 'the root of the bucket' : place.prefix}`)
    : { kind: 'by path', folder };
}

/** S3: `B.s3.REGION.amazonaws.com`, `B.s3.amazonaws.com`, `B.s3-website-REGION.amazonaws.com` and their like. */
const isBucket = ({ DomainName = '' }: Origin, { bucket }: ForeignPlace): boolean =>
  DomainName.startsWith(`${bucket}.s3.`) || DomainName.startsWith(`${bucket}.s3-`);

function groupsWith(config: DistributionConfig, origins: readonly Origin[]): readonly (string | undefined)[] {
  const ids = new Set(origins.map(({ Id }) => Id));
  const groups = config.OriginGroups?.Items ?? [];
  return groups.filter(({ Members }) => Members?.Items?.some(({ OriginId }) => ids.has(OriginId))).map(({ Id }) => Id);
}

/** Functions at an answer change no address. */
const rewrites = ({ FunctionAssociations, LambdaFunctionAssociations }: Behavior): boolean =>
  [...(FunctionAssociations?.Items ?? []), ...(LambdaFunctionAssociations?.Items ?? [])].some(
    ({ EventType }) => EventType === 'viewer-request' || EventType === 'origin-request',
  );

const keepsQuery = ({ CachePolicyId, ForwardedValues }: Behavior, withQuery: ReadonlySet<string>): boolean =>
  CachePolicyId === undefined ? ForwardedValues?.QueryString === true : withQuery.has(CachePolicyId);

/** The site's folder as addresses name it: what is left of the prefix below the origin path. */
function folderUnder({ OriginPath = '' }: Origin, { prefix }: ForeignPlace): string | undefined {
  const path = `/${prefix}`;
  return path.startsWith(`${OriginPath}/`) ? path.slice(OriginPath.length + 1) : undefined;
}
