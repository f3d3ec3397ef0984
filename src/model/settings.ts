/** One rule of `headers`: a URL pattern (starts with `/`) or a file glob, and what it sets or takes away. */
export interface HeaderRule {
  readonly match: string;
  /** Header name in lower case → value. */
  readonly set: Readonly<Record<string, string>>;
  /** Header names in lower case. */
  readonly unset: readonly string[];
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
  readonly cleanUrls: boolean;
  readonly trailingSlash: 'auto' | boolean;
  /** Key of the page that answers every unknown extensionless path, or null. */
  readonly spa: string | null;
  /** Key of the 404 page; used when the build holds it. */
  readonly notFound: string;
  readonly securityHeaders: boolean;
  readonly retention: { readonly assetsSeconds: number; readonly releases: number };
  readonly invalidation: { readonly maxItems: number };
  /** gitignore patterns. */
  readonly ignore: readonly string[];
  readonly cdn: boolean;
  readonly wait: boolean;
}
