import type { Digest } from '../model/digest.ts';
import type { HeadersPolicy } from '../model/infrastructure.ts';
import type { CdnNames } from '../model/ports.ts';
import type { SiteRecord } from '../model/site-record.ts';
import { resourceNames } from '../plan/infrastructure/resource-names.ts';
import { cachePolicy, headersPolicy, oacName, policyName } from '../plan/infrastructure/shared-policies.ts';

/** Names to look a site's resources up by. */
export function cdnNames(
  record: Pick<SiteRecord, 'site' | 'siteId' | 'generation' | 'distribution'>,
  policyHeaders: HeadersPolicy['set'],
  digest: Digest,
): CdnNames {
  const names = resourceNames(record);
  return {
    distributionId: record.distribution?.id ?? null,
    comment: names.comment,
    edgeFunction: names.edgeFunction,
    responseFunction: names.responseFunction,
    store: names.store,
    oac: oacName,
    cachePolicy: policyName('cache', cachePolicy, digest),
    headersPolicy: policyName('headers', headersPolicy(policyHeaders), digest),
  };
}
