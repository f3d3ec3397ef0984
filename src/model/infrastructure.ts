import type { EdgeSecret } from './edge-program.ts';
import type { RefName, Value } from './ref.ts';
import type { SiteRecord } from './site-record.ts';

/**
 * The fields of a distribution that cdnpub owns, each as one comparable string; all others are left as they are.
 * Names follow DistributionConfig; lists are spelled as one string in a fixed order.
 */
export type DistributionFields = Readonly<Record<DistributionField, Value>>;

export const distributionFields = [
  'DefaultRootObject',
  'Origin.DomainName',
  'Origin.OriginPath',
  'Origin.OriginAccessControlId',
  'DefaultCacheBehavior.ViewerProtocolPolicy',
  'DefaultCacheBehavior.AllowedMethods',
  'DefaultCacheBehavior.Compress',
  'DefaultCacheBehavior.CachePolicyId',
  'DefaultCacheBehavior.ResponseHeadersPolicyId',
  'DefaultCacheBehavior.ViewerRequestFunction',
  'DefaultCacheBehavior.ViewerResponseFunction',
  'CustomErrorResponses',
  'CacheTagConfig',
  'HttpVersion',
  'IPV6Enabled',
  // Of these lists only the entries that cdnpub made.
  'Origins',
  'CacheBehaviors',
] as const;

export type DistributionField = (typeof distributionFields)[number];

export interface FieldChange {
  readonly field: DistributionField;
  readonly from: string;
  readonly to: Value;
}

/** A statement of a bucket policy; `Sid` tells whose it is. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, Value>>>>;
}

/** The two functions of a site, by the event that each answers. */
export type FunctionRole = 'request' | 'response';

/**
 * When a change to what stands already is made. `provision`: before anything goes up; `edge`: before the pages that
 * need it; `late`: when no edge holds a page that needed what goes.
 */
export type StepTime = 'provision' | 'edge' | 'late';

/** What a store is made with: CloudFront reads it from an object, whose ARN is `source`. */
export interface StoreLoad {
  readonly source: string;
  /** Value by key. */
  readonly keys: Readonly<Record<string, string>>;
}

/** A policy that cdnpub made for whichever sites of the account have its content. */
export interface SharedPolicy {
  readonly kind: 'cache' | 'headers';
  readonly id: string;
}

/** One change to infrastructure. The order of a plan's steps is the order in which they run. */
export type InfraStep =
  | {
      readonly kind: 'createBucket';
      readonly bucket: string;
      readonly region: string;
      readonly accountRegional: boolean;
    }
  | { readonly kind: 'configureBucket'; readonly bucket: string }
  /** Blocks public access again where somebody opened a bucket that cdnpub made. */
  | { readonly kind: 'closeBucket'; readonly bucket: string }
  | { readonly kind: 'writeSiteRecord'; readonly record: SiteRecord }
  /** Asks for the site's record as anybody would: it must not be had. `paths`: where it would be; `deny`: what closes it. */
  | {
      readonly kind: 'askForState';
      readonly paths: readonly string[];
      readonly deny: PolicyStatement;
      readonly siteId: string;
    }
  | {
      readonly kind: 'createStore';
      readonly name: string;
      /** null where it is made empty. */
      readonly load: StoreLoad | null;
    }
  | {
      readonly kind: 'writeStore';
      readonly storeArn: Value;
      /** Value by key. */
      readonly puts: Readonly<Record<string, string>>;
      /** By key what the value is made of: a plan holds no secret. */
      readonly secrets: Readonly<Record<string, EdgeSecret>>;
      readonly deletes: readonly string[];
      readonly when: StepTime;
    }
  | {
      readonly kind: 'createFunction';
      readonly role: FunctionRole;
      readonly name: string;
      readonly code: string;
      readonly storeArn: Value;
      /** Paths of the site that it is tried on before it is published. */
      readonly samples: readonly string[];
    }
  | {
      readonly kind: 'updateFunction';
      readonly role: FunctionRole;
      readonly name: string;
      readonly code: string;
      readonly storeArn: Value;
      /** Paths of the site that it is tried on before it is published. */
      readonly samples: readonly string[];
      readonly when: StepTime;
    }
  | { readonly kind: 'createOac'; readonly name: string }
  | {
      readonly kind: 'createCachePolicy';
      readonly name: string;
      readonly content: CachePolicyContent;
      readonly makes: RefName;
    }
  | { readonly kind: 'createHeadersPolicy'; readonly name: string; readonly content: HeadersPolicy }
  | {
      readonly kind: 'createDistribution';
      readonly callerReference: string;
      readonly comment: string;
      readonly fields: DistributionFields;
      /** What the hashes stand for that the fields name: a plan holds no secret. */
      readonly secrets: Readonly<Record<string, EdgeSecret>>;
    }
  | {
      readonly kind: 'updateDistribution';
      readonly id: string;
      readonly changes: readonly FieldChange[];
      readonly secrets: Readonly<Record<string, EdgeSecret>>;
      readonly when: StepTime;
      /** Whether what comes after it needs the change at every edge. */
      readonly wait: boolean;
    }
  /** Deletes a policy of cdnpub's that this distribution has left, unless another still uses it. */
  | { readonly kind: 'deletePolicy'; readonly policy: SharedPolicy['kind']; readonly id: string; readonly when: 'late' }
  /** Writes down in the site's record what the steps before it made. */
  | { readonly kind: 'recordResources'; readonly record: SiteRecord }
  | { readonly kind: 'putBucketPolicy'; readonly bucket: string; readonly statements: readonly PolicyStatement[] };

export type InfraKind = InfraStep['kind'];

/** What the distribution's response headers policy does to every answer. Names in lower case. */
export interface HeadersPolicy {
  readonly set: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** How long an edge keeps what, and by what it tells answers apart. */
export interface CachePolicyContent {
  readonly minTtlSeconds: number;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly gzip: boolean;
  readonly brotli: boolean;
  /** Whether each query string is an answer of its own, and goes to the origin; without it none does. */
  readonly queryStrings?: 'all';
}
