import type { Digest } from '../model/digest.ts';
import type { EdgeSource } from '../model/edge-source.ts';
import type { CdnNames } from '../model/ports.ts';
import type { SiteRecord } from '../model/site-record.ts';
import type { SiteEdge } from '../plan/edge/plan-edge.ts';
import { shortHash } from '../plan/infrastructure/origin-fields.ts';
import { resourceNames } from '../plan/infrastructure/resource-names.ts';
import { cachePolicies, headersPolicy, oacName, policyName } from '../plan/infrastructure/shared-policies.ts';

/** Names to look a site's resources up by. */
export function cdnNames(
  record: Pick<SiteRecord, 'site' | 'siteId' | 'generation' | 'distribution'>,
  source: Pick<EdgeSource, 'policy' | 'origins'>,
  { digest, hash }: { readonly digest: Digest; readonly hash: SiteEdge['hash'] },
): CdnNames {
  const names = resourceNames(record);
  return {
    distributionId: record.distribution?.id ?? null,
    comment: names.comment,
    edgeFunction: names.edgeFunction,
    responseFunction: names.responseFunction,
    store: names.store,
    oac: oacName,
    cachePolicies: Object.fromEntries(
      [...cachePolicies(source.origins)].map(([name, content]) => [name, policyName('cache', content, digest)]),
    ),
    headersPolicy: policyName('headers', headersPolicy(source.policy), digest),
    hashSecret: (value) => shortHash(hash(value, record.siteId)),
  };
}
