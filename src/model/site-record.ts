/** `.cdnpub/site.json`: which resources are this site's. Minted once with If-None-Match, then changed only with If-Match. */
export interface SiteRecord {
  readonly schema: number;
  /** Random, 10 lower-case letters and digits; part of every name that must be unique to the site. */
  readonly siteId: string;
  readonly site: string;
  /** Raised when a resource that was deleted by hand is made anew. */
  readonly generation: number;
  readonly distribution: { readonly id: string; readonly arn: string; readonly domain: string } | null;
  readonly storeArn: string | null;
  /** Whether the endpoint keeps If-Match and If-None-Match; null while it was not tried. */
  readonly conditionalWrites: boolean | null;
  readonly adopted: boolean;
}
