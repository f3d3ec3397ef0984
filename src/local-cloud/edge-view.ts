/**
 * What one point of presence can see of the control plane by now: the one thing that joins the two. A change of the
 * control plane reaches each at a time of its own, so two of them may see different states.
 * The control plane provides it, the edge reads it at each request; neither imports the other.
 */
export interface EdgeView {
  /** The enabled distribution that answers a host name without port: its own domain or an alias. */
  distributionByHost(host: string): EdgeDistribution | undefined;
  /** The distribution that was created or updated last; it also answers on the bare `localhost`. */
  latestDistribution(): EdgeDistribution | undefined;
  cachePolicy(id: string): EdgeCachePolicy | undefined;
  originRequestPolicy(id: string): EdgeOriginRequestPolicy | undefined;
  responseHeadersPolicy(id: string): EdgeResponseHeadersPolicy | undefined;
  /** The LIVE stage of a function, by ARN. `version` changes with every publish. */
  liveFunction(arn: string): EdgeFunction | undefined;
  /** A value of a KeyValueStore by its ARN, or undefined where the key is missing. */
  storeValue(storeArn: string, key: string): string | undefined;
  storeMeta(
    storeArn: string,
  ): { readonly created: number; readonly updated: number; readonly keyCount: number } | undefined;
  /** Invalidations of a distribution that have arrived, but for those whose serials are `taken`. */
  invalidations(distributionId: string, taken: ReadonlySet<number>): readonly EdgeInvalidation[];
}

export interface EdgeInvalidation {
  /** In the order in which they were made, from 1 without gaps. */
  readonly serial: number;
  readonly id: string;
  /** Server time at which it was accepted, milliseconds. */
  readonly at: number;
  /** As sent: exact paths, prefixes that end in `*`, and `#tag`. */
  readonly items: readonly string[];
}

export interface EdgeDistribution {
  readonly id: string;
  readonly arn: string;
  /** `dXXXX.cloudfront.net` on AWS; here `dXXXX.localhost`, without port. */
  readonly domain: string;
  readonly aliases: readonly string[];
  readonly defaultRootObject: string;
  readonly origins: readonly EdgeOrigin[];
  /** In matching order; the last one is the default behaviour with the pattern `*`. */
  readonly behaviors: readonly EdgeBehavior[];
  readonly errorResponses: readonly EdgeErrorResponse[];
  /** Header in which the origin tells an object's cache tags; undefined where none are read. */
  readonly tagHeader?: string;
}

export interface EdgeOrigin {
  readonly id: string;
  /** `BUCKET.s3.REGION.amazonaws.com` for S3. */
  readonly domainName: string;
  readonly originPath: string;
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly kind: 's3' | 'custom';
  /** True where an origin access control of type s3 with signing `always` is attached. */
  readonly signed: boolean;
  /** Custom origins only. */
  readonly custom?: {
    readonly httpPort: number;
    readonly httpsPort: number;
    readonly protocolPolicy: string;
    readonly readTimeoutSeconds: number;
  };
}

export interface EdgeBehavior {
  readonly pathPattern: string;
  readonly targetOriginId: string;
  readonly viewerProtocolPolicy: string;
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  readonly compress: boolean;
  readonly cachePolicyId: string;
  readonly originRequestPolicyId?: string;
  readonly responseHeadersPolicyId?: string;
  readonly viewerRequestFunctionArn?: string;
  readonly viewerResponseFunctionArn?: string;
}

export interface EdgeErrorResponse {
  readonly errorCode: number;
  readonly errorCachingMinTtlSeconds: number;
  readonly responsePagePath?: string;
  readonly responseCode?: number;
}

export interface EdgeCachePolicy {
  readonly minTtlSeconds: number;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly gzip: boolean;
  readonly brotli: boolean;
  readonly queryStrings:
    | 'none'
    | 'all'
    | { readonly whitelist: readonly string[] }
    | { readonly allExcept: readonly string[] };
  readonly headers: readonly string[];
  readonly cookies:
    | 'none'
    | 'all'
    | { readonly whitelist: readonly string[] }
    | { readonly allExcept: readonly string[] };
}

/** What goes to the origin besides the cache key. Header names in lower case. */
export interface EdgeOriginRequestPolicy {
  readonly headers:
    | 'none'
    | 'all'
    | { readonly whitelist: readonly string[] }
    | { readonly allExcept: readonly string[] };
  readonly queryStrings: EdgeCachePolicy['queryStrings'];
  readonly cookies: EdgeCachePolicy['cookies'];
}

export interface EdgeResponseHeadersPolicy {
  /** Header → value, and whether it replaces the origin's. Security, CORS-less and custom headers, already as header lines. */
  readonly set: readonly { readonly name: string; readonly value: string; readonly override: boolean }[];
  readonly remove: readonly string[];
}

export interface EdgeFunction {
  readonly arn: string;
  readonly name: string;
  readonly version: number;
  readonly runtime: string;
  readonly code: string;
  readonly storeArns: readonly string[];
}
