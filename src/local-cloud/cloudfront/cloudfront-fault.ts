import { ServiceFault } from '../service-fault.ts';

/** What CloudFront answers instead of a result; the sentence is the code's usual one where none is given. */
export function cloudFrontFault(code: CloudFrontFaultCode, message: string = table[code][1]): ServiceFault {
  return new ServiceFault(table[code][0], code, message);
}

export type CloudFrontFaultCode = keyof typeof table;

/** HTTP status and default sentence of each code, from the API model (error shapes of 2020-05-31). */
const table = {
  AccessDenied: [403, 'Access denied.'],
  BatchTooLarge: [413, 'Invalidation batch specified is too large.'],
  CNAMEAlreadyExists: [409, 'One or more of the CNAMEs you provided are already associated with a different resource.'],
  CachePolicyAlreadyExists: [409, 'A cache policy with this name already exists. You must provide a unique name.'],
  CachePolicyInUse: [409, 'Cannot delete the cache policy because it is attached to one or more cache behaviors.'],
  CannotDeleteEntityWhileInUse: [409, 'The entity cannot be deleted while it is in use.'],
  DistributionAlreadyExists: [
    409,
    'The caller reference that you are using to create a distribution is associated with another distribution.',
  ],
  DistributionNotDisabled: [409, 'The distribution you are trying to delete has not been disabled.'],
  EntityAlreadyExists: [409, 'The entity already exists. You must provide a unique entity.'],
  EntityNotFound: [404, 'The entity was not found.'],
  FunctionAlreadyExists: [409, 'A function with the same name already exists in this Amazon Web Services account.'],
  FunctionInUse: [409, "Cannot delete the function because it's attached to one or more cache behaviors."],
  FunctionSizeLimitExceeded: [413, 'The function is too large.'],
  IllegalDelete: [400, 'Deletion is not allowed for this entity.'],
  IllegalOriginAccessConfiguration: [
    400,
    'An origin cannot contain both an origin access control (OAC) and an origin access identity (OAI).',
  ],
  IllegalUpdate: [400, 'The update contains modifications that are not allowed.'],
  InconsistentQuantities: [400, "The value of Quantity and the size of Items don't match."],
  InvalidArgument: [400, 'An argument is invalid.'],
  InvalidDefaultRootObject: [400, 'The default root object file name is too big or contains an invalid character.'],
  InvalidDomainNameForOriginAccessControl: [
    400,
    'An origin access control is associated with an origin whose domain name is not supported.',
  ],
  InvalidErrorCode: [400, 'An invalid error code was specified.'],
  InvalidFunctionAssociation: [400, 'A CloudFront function association is invalid.'],
  InvalidIfMatchVersion: [400, 'The If-Match version is missing or not valid for the resource.'],
  InvalidMinimumProtocolVersion: [400, 'The minimum protocol version specified is not valid.'],
  InvalidOrigin: [400, 'The specified origin server does not exist or is not valid.'],
  InvalidOriginAccessControl: [400, 'The origin access control is not valid.'],
  InvalidOriginKeepaliveTimeout: [400, 'The keep alive timeout specified for the origin is not valid.'],
  InvalidOriginReadTimeout: [400, 'The read timeout specified for the origin is not valid.'],
  InvalidRelativePath: [400, 'The relative path is too big, is not URL-encoded, or does not begin with a slash (/).'],
  InvalidResponseCode: [400, 'A response code is not valid.'],
  InvalidTTLOrder: [400, 'The TTL order specified is not valid.'],
  InvalidTagging: [400, 'The tagging specified is not valid.'],
  InvalidViewerCertificate: [400, 'A viewer certificate specified is not valid.'],
  InvalidationBatchAlreadyExists: [
    400,
    'Your request contains a caller reference that was used for a previous invalidation batch for the same distribution.',
  ],
  MalformedXML: [400, 'The XML document is malformed.'],
  MissingBody: [400, 'This operation requires a body. Ensure that the body is present.'],
  NoSuchCachePolicy: [404, 'The specified cache policy does not exist.'],
  NoSuchDistribution: [404, 'The specified distribution does not exist.'],
  NoSuchFunctionExists: [404, 'The specified function does not exist.'],
  NoSuchInvalidation: [404, 'The specified invalidation does not exist.'],
  NoSuchOrigin: [404, 'One or more of your origins or origin groups do not exist.'],
  NoSuchOriginAccessControl: [404, 'The specified origin access control does not exist.'],
  NoSuchOriginRequestPolicy: [404, 'The specified origin request policy does not exist.'],
  NoSuchResource: [404, 'The specified resource does not exist.'],
  NoSuchResponseHeadersPolicy: [404, 'The specified response headers policy does not exist.'],
  NotImplemented: [501, 'The local cloud does not have this operation.'],
  OriginAccessControlAlreadyExists: [409, 'An origin access control with the specified parameters already exists.'],
  OriginAccessControlInUse: [
    409,
    "Cannot delete the origin access control because it's in use by one or more distributions.",
  ],
  OriginRequestPolicyAlreadyExists: [
    409,
    'An origin request policy with this name already exists. You must provide a unique name.',
  ],
  OriginRequestPolicyInUse: [
    409,
    'Cannot delete the origin request policy because it is attached to one or more cache behaviors.',
  ],
  PreconditionFailed: [
    412,
    "The request failed because it didn't meet the preconditions in one or more request-header fields.",
  ],
  ResponseHeadersPolicyAlreadyExists: [
    409,
    'A response headers policy with this name already exists. You must provide a unique name.',
  ],
  ResponseHeadersPolicyInUse: [
    409,
    'Cannot delete the response headers policy because it is attached to one or more cache behaviors in a CloudFront distribution.',
  ],
  TooManyCacheBehaviors: [400, 'You cannot create more cache behaviors for the distribution.'],
  TooManyCachePolicies: [400, 'You have reached the maximum number of cache policies for this account.'],
  TooManyCustomHeadersInResponseHeadersPolicy: [
    400,
    'The number of custom headers in the response headers policy exceeds the maximum.',
  ],
  TooManyDistributionCNAMEs: [400, 'Your request contains more CNAMEs than are allowed per distribution.'],
  TooManyDistributions: [
    400,
    'Processing your request would cause you to exceed the maximum number of distributions allowed.',
  ],
  TooManyDistributionsAssociatedToOriginAccessControl: [
    400,
    'The maximum number of distributions have been associated with the specified origin access control.',
  ],
  TooManyDistributionsWithFunctionAssociations: [
    400,
    'You have reached the maximum number of distributions that are associated with a CloudFront function.',
  ],
  TooManyFunctions: [400, 'You have reached the maximum number of CloudFront functions for this account.'],
  TooManyInvalidationsInProgress: [
    400,
    'Processing your request will cause you to exceed the maximum number of in-progress invalidations.',
  ],
  TooManyOriginAccessControls: [
    400,
    'The number of origin access controls in your account exceeds the maximum allowed.',
  ],
  TooManyOriginGroupsPerDistribution: [
    400,
    'Processing your request would cause you to exceed the maximum number of origin groups allowed.',
  ],
  TooManyOriginRequestPolicies: [
    400,
    'You have reached the maximum number of origin request policies for this account.',
  ],
  TooManyOrigins: [400, 'You cannot create more origins for the distribution.'],
  TooManyResponseHeadersPolicies: [
    400,
    'You have reached the maximum number of response headers policies for this account.',
  ],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;
