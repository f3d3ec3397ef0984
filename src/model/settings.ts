import type { RuleSource } from './redirect-rule.ts';

/** One rule of `headers`: a URL pattern (starts with `/`) or a file glob, and what it sets or takes away. */
export interface HeaderRule {
  readonly match: string;
  /** Header name in lower case → value. */
  readonly set: Readonly<Record<string, string>>;
  /** Header names in lower case. */
  readonly unset: readonly string[];
}

/** One entry of `redirects`, as it was written; it means what a line of `_redirects` means to Netlify. */
export interface RedirectSetting {
  readonly source: RuleSource;
  readonly from: string;
  readonly to: string;
  readonly status: number | null;
  readonly force: boolean;
  readonly query: Readonly<Record<string, string>>;
  readonly country: readonly string[];
  readonly language: readonly string[];
  readonly cookie: readonly string[];
}

/** What the user asked for, complete: flags, environment, config file, what was detected and the defaults, in that order. */
export interface Settings {
  readonly site: string;
  /** Where `site` came from, for the report: `--site`, `CDNPUB_SITE`, `package.json`, `folder name`, a config file's name. */
  readonly siteSource: string;
  /** Absolute path of the build. */
  readonly dir: string;
  /** `live`, or a preview's name. */
  readonly channel: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly profile: string | null;
  readonly bucket: string | null;
  /** Folder in the bucket: empty, or ending in `/`. */
  readonly prefix: string;
  readonly headers: readonly HeaderRule[];
  readonly redirects: readonly RedirectSetting[];
  /** Whose rules `_redirects` follows where they differ; null lets the file decide. */
  readonly redirectsDialect: 'netlify' | 'cloudflare' | null;
  readonly cleanUrls: boolean;
  readonly trailingSlash: 'auto' | boolean;
  /** Key of the page that answers every unknown extensionless path, or null. */
  readonly spa: string | null;
  /** Key of the 404 page; used when the build holds it. */
  readonly notFound: string;
  /** Header names in lower case; `false` takes one of the defaults away. */
  readonly securityHeaders: boolean | Readonly<Record<string, string | false>>;
  readonly retention: { readonly assetsSeconds: number; readonly releases: number };
  readonly invalidation: { readonly maxItems: number };
  /** gitignore patterns. */
  readonly ignore: readonly string[];
  readonly cdn: boolean;
  readonly wait: boolean;
  /** Whether a rule that is not honoured, or may surprise, stops a deploy. */
  readonly strict: boolean;
}
