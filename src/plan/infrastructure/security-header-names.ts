/** Headers for which a response headers policy has a place of its own; it refuses them among the custom ones. */
export const securityHeaderNames = [
  'content-security-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
  'x-xss-protection',
] as const;
