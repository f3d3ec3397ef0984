import type {
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicySecurityHeadersConfig,
} from '@aws-sdk/client-cloudfront';
import type { HeadersPolicy } from '../../model/infrastructure.ts';
import { securityHeaderNames } from '../../plan/infrastructure/security-header-names.ts';

/**
 * A response headers policy in CloudFront's words. Nothing overrides the origin: the bucket sends none of these headers,
 * and another server's own are meant.
 */
export function headersPolicyConfig(Name: string, { set, remove }: HeadersPolicy): ResponseHeadersPolicyConfig {
  const custom = Object.entries(set).filter(([name]) => !securityHeaderNames.some((known) => known === name));
  const items = custom.map(([Header, Value]) => ({ Header, Value, Override: false }));
  return {
    Name,
    Comment: 'cdnpub',
    SecurityHeadersConfig: securityConfig(set),
    ...(items.length === 0 ? {} : { CustomHeadersConfig: { Quantity: items.length, Items: items } }),
    RemoveHeadersConfig: { Quantity: remove.length, Items: remove.map((Header) => ({ Header })) },
  };
}

/** CloudFront has a field of its own for each security header and refuses them among the custom ones. */
function securityConfig(set: HeadersPolicy['set']): ResponseHeadersPolicySecurityHeadersConfig {
  const fields = securityHeaderNames.map((name) => {
    const value = set[name];
    return value === undefined ? {} : fieldOf[name](value);
  });
  return Object.assign({}, ...fields);
}

type Field = Partial<ResponseHeadersPolicySecurityHeadersConfig>;

const Override = false;

const fieldOf: Readonly<Record<(typeof securityHeaderNames)[number], (value: string) => Field>> = {
  'content-security-policy': (value) => ({ ContentSecurityPolicy: { ContentSecurityPolicy: value, Override } }),
  'referrer-policy': (value) => ({ ReferrerPolicy: { ReferrerPolicy: value as ReferrerPolicy, Override } }),
  'strict-transport-security': (value) => ({
    StrictTransportSecurity: {
      AccessControlMaxAgeSec: Number(/\d+/.exec(value)?.[0] ?? 0),
      IncludeSubdomains: /includesubdomains/i.test(value),
      Preload: /preload/i.test(value),
      Override,
    },
  }),
  'x-content-type-options': () => ({ ContentTypeOptions: { Override } }),
  'x-frame-options': (value) => ({ FrameOptions: { FrameOption: value.toUpperCase() as 'DENY', Override } }),
  'x-xss-protection': (value) => ({
    XSSProtection: { Protection: value.startsWith('1'), ModeBlock: /mode=block/.test(value), Override },
  }),
};

type ReferrerPolicy = NonNullable<Field['ReferrerPolicy']>['ReferrerPolicy'];
