import type { OriginServer } from './edge-source.ts';
import type { RuleSource } from './redirect-rule.ts';
import type { Manage } from './target.ts';

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

/** A secret as it was given: itself, or the name of the environment variable that holds it. */
export type SecretSetting =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string };

/** Who may see a part of the site. */
export interface AuthSettings {
  /** `/private/*`, `/report.html`. */
  readonly paths: readonly string[];
  /** Password by name. */
  readonly users: Readonly<Record<string, SecretSetting>>;
  /** Key that tokens are signed with (HS256). */
  readonly jwt: SecretSetting | null;
}

/** Paths that another server answers, as they were written. */
export interface OriginSetting {
  readonly source: RuleSource;
  /** CloudFront's path pattern: `/api/*`. */
  readonly pattern: string;
  readonly server: OriginServer;
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
  /** What cdnpub sees to: `content` is the files alone, and all that stands around them is somebody else's. */
  readonly manage: Manage;
  /** Id of a distribution that is not made by cdnpub, or null. */
  readonly distribution: string | null;
  /** Folder in the bucket: empty, or ending in `/`. */
  readonly prefix: string;
  /** Folder of the URL that the build is made for, with which keys begin: empty, or ending in `/`. */
  readonly basePath: string;
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
  readonly origins: readonly OriginSetting[];
  readonly auth: AuthSettings | null;
  /** Key of the page to show, or null; IP addresses that see the site all the same. null: the site cannot be closed. */
  readonly maintenance: { readonly page: string | null; readonly allow: readonly string[] } | null;
  /** Absolute paths of the files with the user's own functions. */
  readonly edge: { readonly viewerRequest: string | null; readonly viewerResponse: string | null };
  /** Header names in lower case; `false` takes one of the defaults away. */
  readonly securityHeaders: boolean | Readonly<Record<string, string | false>>;
  readonly retention: { readonly assetsSeconds: number; readonly releases: number };
  readonly invalidation: { readonly maxItems: number };
  /** gitignore patterns. */
  readonly ignore: readonly string[];
  /** Whether there is a distribution to invalidate. */
  readonly cdn: boolean;
  readonly wait: boolean;
  /** Whether a rule that is not honoured, or may surprise, stops a deploy. */
  readonly strict: boolean;
}
