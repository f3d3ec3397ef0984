import type { RedirectRule, RuleSource } from './redirect-rule.ts';

/** A part of the site that another server answers: an origin and a behaviour of the distribution. */
export interface ProxyRule {
  readonly source: RuleSource;
  /** CloudFront path patterns, decoded: `/api` and `/api/*`. */
  readonly patterns: readonly string[];
  /** `https://api.example.com`, without a slash at its end. */
  readonly origin: string;
  /** What becomes of the path on its way there. */
  readonly rule: RedirectRule;
}
