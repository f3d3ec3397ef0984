import type { SiteRecord } from '../../model/site-record.ts';

/** Names of a site's own resources. They derive from its id and generation, so that a rerun finds what a killed run made. */
export interface ResourceNames {
  /** Also the distribution's CallerReference and part of its comment. */
  readonly base: string;
  readonly edgeFunction: string;
  readonly responseFunction: string;
  readonly store: string;
  readonly comment: string;
}

/** CloudFront: function and store names hold at most 64 characters of `[A-Za-z0-9-_]`. */
export function resourceNames(record: Pick<SiteRecord, 'site' | 'siteId' | 'generation'>): ResourceNames {
  const generation = record.generation > 1 ? `-g${record.generation}` : '';
  const base = `cdnpub-${record.site}-${record.siteId}${generation}`;
  const functions = { edgeFunction: `${base}-request`, responseFunction: `${base}-response` };
  return { base, ...functions, store: `${base}-store`, comment: base };
}
