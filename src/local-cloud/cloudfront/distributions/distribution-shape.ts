import type { Field, Shape } from '../check-shape.ts';

const text: Field = {};
const needed: Field = { required: true };
const flag: Field = { values: ['true', 'false'] };
const neededFlag: Field = { ...flag, required: true };
const methods: Field = { values: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'] };
const listOfText: Field = { items: text };
const seconds: Field = { between: [0, 2 ** 31 - 1] };

const origin: Shape = {
  Id: needed,
  DomainName: needed,
  CustomHeaders: { items: { fields: { HeaderName: needed, HeaderValue: needed } } },
  S3OriginConfig: { fields: { OriginAccessIdentity: needed } },
  CustomOriginConfig: {
    fields: {
      HTTPPort: { required: true, between: [0, 65535] },
      HTTPSPort: { required: true, between: [0, 65535] },
      OriginProtocolPolicy: { required: true, values: ['http-only', 'match-viewer', 'https-only'] },
      OriginSslProtocols: { items: { values: ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'] } },
    },
  },
  // "The minimum number is 1, the maximum is 3" and "the minimum timeout is 1 second, the maximum is 10" [dts Origin].
  ConnectionAttempts: { between: [1, 3] },
  ConnectionTimeout: { between: [1, 10] },
  OriginShield: { fields: { Enabled: neededFlag } },
};

const originGroup: Shape = {
  Id: needed,
  FailoverCriteria: { required: true, fields: { StatusCodes: { required: true, items: text } } },
  // "Origin group: exactly 2 members" [model OriginGroupMemberList].
  Members: { required: true, items: { fields: { OriginId: needed } }, fields: { Quantity: { between: [2, 2] } } },
};

const event: Field = {
  required: true,
  values: ['viewer-request', 'viewer-response', 'origin-request', 'origin-response'],
};

const behavior: Shape = {
  TargetOriginId: needed,
  ViewerProtocolPolicy: { required: true, values: ['allow-all', 'https-only', 'redirect-to-https'] },
  TrustedSigners: { items: text, fields: { Enabled: neededFlag } },
  TrustedKeyGroups: { items: text, fields: { Enabled: neededFlag } },
  AllowedMethods: { items: methods, fields: { CachedMethods: { items: methods } } },
  SmoothStreaming: flag,
  Compress: flag,
  LambdaFunctionAssociations: { items: { fields: { LambdaFunctionARN: needed, EventType: event } } },
  FunctionAssociations: { items: { fields: { FunctionARN: needed, EventType: event } } },
  ForwardedValues: {
    fields: {
      QueryString: neededFlag,
      Cookies: { required: true, fields: { Forward: { required: true, values: ['none', 'whitelist', 'all'] } } },
      Headers: listOfText,
      QueryStringCacheKeys: listOfText,
    },
  },
  MinTTL: seconds,
  DefaultTTL: seconds,
  MaxTTL: seconds,
};

/** What DistributionConfig must look like: required members, enumerations and ranges of the API model. */
export const distributionShape: Shape = {
  CallerReference: needed,
  Aliases: listOfText,
  Origins: { required: true, items: { fields: origin } },
  OriginGroups: { items: { fields: originGroup } },
  DefaultCacheBehavior: { required: true, fields: behavior },
  CacheBehaviors: { items: { fields: { PathPattern: needed, ...behavior } } },
  CustomErrorResponses: {
    items: { fields: { ErrorCode: { required: true, between: [0, 999] }, ErrorCachingMinTTL: seconds } },
  },
  Comment: needed,
  PriceClass: { values: ['PriceClass_100', 'PriceClass_200', 'PriceClass_All', 'None'] },
  Enabled: neededFlag,
  ViewerCertificate: { fields: { SSLSupportMethod: { values: ['sni-only', 'vip', 'static-ip'] } } },
  Restrictions: {
    fields: {
      GeoRestriction: {
        required: true,
        items: text,
        fields: { RestrictionType: { required: true, values: ['blacklist', 'whitelist', 'none'] } },
      },
    },
  },
  HttpVersion: { values: ['http1.1', 'http2', 'http3', 'http2and3'] },
  IsIPV6Enabled: flag,
  Staging: flag,
  CacheTagConfig: { fields: { HeaderName: needed } },
};
