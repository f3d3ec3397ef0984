import type { XmlTree } from '../../xml.ts';
import type { Shape } from '../check-shape.ts';
import type { CloudFrontFaultCode } from '../cloudfront-fault.ts';
import type { PolicyKind } from '../state.ts';
import { checkCachePolicy, fillCachePolicy } from './cache-policy-rules.ts';
import { checkResponseHeadersPolicy } from './response-headers-policy-rules.ts';

/** What differs between the three kinds of policies. */
export interface PolicyRules {
  readonly path: string;
  readonly list: string;
  readonly shape: Shape;
  readonly fill: (config: XmlTree) => XmlTree;
  readonly check: (config: XmlTree) => void;
  readonly tooMany: CloudFrontFaultCode;
}

const needed = { required: true } as const;
const flag = { required: true, values: ['true', 'false'] };
const override = { fields: { Override: flag } };
const seconds = { between: [0, 2 ** 31 - 1] } as const;
const names = { items: {} };
const choice = ['none', 'whitelist', 'allExcept', 'all'];
const cookies = { required: true, fields: { CookieBehavior: { required: true, values: choice }, Cookies: names } };
const queries = {
  required: true,
  fields: { QueryStringBehavior: { required: true, values: choice }, QueryStrings: names },
};
const forwarded = ['none', 'whitelist', 'allViewer', 'allViewerAndWhitelistCloudFront', 'allExcept'];

/** Shapes from the API model; names, limits and what is filled in from the pages named in the rules. */
export const policyKinds = {
  CachePolicy: {
    path: 'cache-policy',
    list: 'CachePolicyList',
    tooMany: 'TooManyCachePolicies',
    fill: fillCachePolicy,
    check: checkCachePolicy,
    shape: {
      Name: needed,
      MinTTL: { required: true, ...seconds },
      DefaultTTL: seconds,
      MaxTTL: seconds,
      ParametersInCacheKeyAndForwardedToOrigin: {
        fields: {
          EnableAcceptEncodingGzip: flag,
          EnableAcceptEncodingBrotli: { values: ['true', 'false'] },
          HeadersConfig: {
            required: true,
            fields: { HeaderBehavior: { required: true, values: ['none', 'whitelist'] }, Headers: names },
          },
          CookiesConfig: cookies,
          QueryStringsConfig: queries,
        },
      },
    },
  },
  OriginRequestPolicy: {
    path: 'origin-request-policy',
    list: 'OriginRequestPolicyList',
    tooMany: 'TooManyOriginRequestPolicies',
    fill: (config) => config,
    check: () => {},
    shape: {
      Name: needed,
      HeadersConfig: {
        required: true,
        fields: { HeaderBehavior: { required: true, values: forwarded }, Headers: names },
      },
      CookiesConfig: cookies,
      QueryStringsConfig: queries,
    },
  },
  ResponseHeadersPolicy: {
    path: 'response-headers-policy',
    list: 'ResponseHeadersPolicyList',
    tooMany: 'TooManyResponseHeadersPolicies',
    fill: (config) => config,
    check: checkResponseHeadersPolicy,
    shape: {
      Name: needed,
      SecurityHeadersConfig: {
        fields: {
          XSSProtection: { fields: { Override: flag, Protection: flag } },
          FrameOptions: { fields: { Override: flag, FrameOption: { required: true, values: ['DENY', 'SAMEORIGIN'] } } },
          ReferrerPolicy: { fields: { Override: flag, ReferrerPolicy: needed } },
          ContentSecurityPolicy: { fields: { Override: flag, ContentSecurityPolicy: needed } },
          ContentTypeOptions: override,
          StrictTransportSecurity: {
            fields: { Override: flag, AccessControlMaxAgeSec: { required: true, ...seconds } },
          },
        },
      },
      CustomHeadersConfig: { items: { fields: { Header: needed, Value: needed, Override: flag } } },
      RemoveHeadersConfig: { items: { fields: { Header: needed } } },
    },
  },
} as const satisfies Readonly<Record<PolicyKind, PolicyRules>>;
