import { securityHeaderNames } from '../infrastructure/security-header-names.ts';

/**
 * Whether a response headers policy can send this header with this value. A security header has a field of its own there
 * and only the values that the field can say; CORS headers are refused as custom ones, and their own part of the policy
 * answers CORS requests only, which is not what a rule says.
 */
export function isPolicyHeader(name: string, value: string): boolean {
  if (name.startsWith('access-control-') || name === 'set-cookie' || name === 'vary') return false;
  if (value.length > longestValue) return false;
  const security = securityHeaderNames.find((known) => known === name);
  return security === undefined || saysValue[security].test(value);
}

/** CloudFront's quota for a header value of its configuration; a longer one goes the other way. */
const longestValue = 1_783;

/** The values that the fields of SecurityHeadersConfig can say, as they are spelled by CloudFront. */
const saysValue: Readonly<Record<(typeof securityHeaderNames)[number], RegExp>> = {
  'content-security-policy': /./,
  'referrer-policy':
    /^(?:no-referrer|no-referrer-when-downgrade|origin|origin-when-cross-origin|same-origin|strict-origin|strict-origin-when-cross-origin|unsafe-url)$/,
  'strict-transport-security': /^max-age=\d{1,9}(?:; ?includeSubDomains)?(?:; ?preload)?$/i,
  'x-content-type-options': /^nosniff$/i,
  'x-frame-options': /^(?:DENY|SAMEORIGIN)$/i,
  'x-xss-protection': /^(?:0|1(?:; ?mode=block)?)$/,
};
