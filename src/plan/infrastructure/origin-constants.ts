/** Ids of the origins that cdnpub made begin so; all others of a distribution are somebody else's. */
export const originIdPrefix = 'cdnpub-';

/** AWS: "Managed cache policies", CachingDisabled: nothing is kept. */
export const noCachePolicyId = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';

/**
 * AWS: "Managed origin request policies", AllViewerExceptHostHeader: every header but Host, the whole query string and all
 * cookies go on; Host is the server's own name, by which it tells its sites.
 */
export const forwardAllPolicyId = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** CloudFront takes two methods, three, or all. */
export const allMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;
