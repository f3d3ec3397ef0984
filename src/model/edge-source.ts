import type { RedirectRule } from './redirect-rule.ts';
import type { ViewerHeaderRule } from './viewer-header-rule.ts';

/**
 * Everything but its keys that a site's edge programs are made of. It is kept with the manifest and with each release,
 * so that a later deploy can make the program for the time between the two, and a rollback that of a release. It holds
 * no secret, only the names of users and of environment variables.
 */
export interface EdgeSource {
  /** Folder in the bucket: empty, or ending in `/`. */
  readonly prefix: string;
  /** Folder outside of which nothing of the site is: empty, or ending in `/`. Records of earlier releases lack it. */
  readonly basePath?: string;
  readonly cleanUrls: boolean;
  readonly trailingSlash: 'auto' | boolean;
  /** Key of the page that answers unknown extensionless paths, or null. */
  readonly spa: string | null;
  /** Key of the page that answers for what is not there. */
  readonly notFound: string;
  /** The site's own host names, the canonical one first; empty where any host is as good. */
  readonly hosts: readonly string[];
  /** In the order in which they are judged. */
  readonly redirects: readonly RedirectRule[];
  /** What the response headers policy sets on every answer: names in lower case, sorted. */
  readonly policy: Readonly<Record<string, string>>;
  /** Headers that only a viewer-response function can set, in the order in which they are applied. */
  readonly headers: readonly ViewerHeaderRule[];
  readonly auth: EdgeAuth | null;
  readonly maintenance: EdgeMaintenance | null;
  /** Texts of the user's own functions, or null. */
  readonly handlers: { readonly viewerRequest: string | null; readonly viewerResponse: string | null };
  /** What another server answers on the same distribution. */
  readonly origins: readonly EdgeOrigin[];
  /**
   * Whether the function knows of every path if it exists. `needed` where the distribution cannot show the 404 page
   * itself, because an API on it has 4xx answers of its own; `auto` asks the site's shape; `never` where there is no store.
   */
  readonly index: 'auto' | 'needed' | 'never';
}

/** Paths that another server answers: a behaviour of the distribution, before which the same function runs. */
export interface EdgeOrigin {
  /** CloudFront path patterns: `/api/*`. */
  readonly patterns: readonly string[];
  /** What becomes of the path on its way there; null where it stays as it is. */
  readonly rule: RedirectRule | null;
  readonly server: OriginServer;
}

/** Another server, and how it is asked. */
export interface OriginServer {
  /** `https://api.example.com:8443/v1`, without a slash at its end; a path goes before that of each request. */
  readonly url: string;
  /** How long an answer may be kept that names no shorter time; 0 keeps none, and everything of a request goes on. */
  readonly cacheSeconds: number;
  /** From 1 to 120: how long CloudFront waits for an answer. */
  readonly timeoutSeconds: number;
  /** A header, in lower case, by which the server tells CloudFront from anybody else, and the variable that holds it. */
  readonly secret: { readonly header: string; readonly variable: string } | null;
}

/** Who may see a part of the site. A request needs one of the ways in that are on. */
export interface EdgeAuth {
  /** Path patterns, decoded: `/private/*` (which `/private` is as well), `/report.html`. */
  readonly paths: readonly string[];
  /** Names of those who have a password in the store. */
  readonly users: readonly string[];
  /** Whether a token signed with the key in the store opens the door. */
  readonly jwt: boolean;
}

export interface EdgeMaintenance {
  /** Key of the page to show, or null for a line of cdnpub's own. */
  readonly page: string | null;
  /** IP addresses that see the site all the same. */
  readonly allow: readonly string[];
}

/** How data lies in the store. It outlives a deploy, so that a small change to a site rewrites few keys. */
export interface EdgeLayout {
  /** 2 to the power of this many buckets hold the paths; null where there is no path index. */
  readonly paths: number | null;
  /** The same for the exact redirects; null where they are in the text. */
  readonly rules: number | null;
}

/** What a finished deploy left at the edge. */
export interface EdgeRelease {
  /** Keys of the build, and those that are kept for open tabs. */
  readonly keys: readonly string[];
  readonly source: EdgeSource;
  readonly layout: EdgeLayout;
}
