import type { CdnNames } from '../../model/ports.ts';
import type { Resolved } from '../../model/ref.ts';
import type { CdnSnapshot } from '../../model/snapshot.ts';
import type { CloudFrontContext } from './cloudfront-context.ts';
import { describeMarked } from './describe-marked.ts';
import { findDistribution } from './find-distribution.ts';
import { findFunction } from './functions.ts';
import { listDistributions } from './list-distributions.ts';
import { findOac } from './origin-access-control.ts';
import { idOf, idsOf, listCachePolicies, listHeadersPolicies, ownPolicies } from './policies.ts';
import { findStore } from './stores.ts';

/** What of a site's distribution and its companions exists now. All are looked up at once. */
export async function inspectCdn(context: CloudFrontContext, names: CdnNames): Promise<CdnSnapshot> {
  // What is on record is asked for by its id.
  const listing = names.distributionId === null ? listDistributions(context) : Promise.resolve([]);
  const [listed, distribution, edgeFunction, responseFunction, seenStore, oacId, cachePolicies, headersPolicies] =
    await Promise.all([
      listing,
      findDistribution(context, names, listing),
      findFunction(context, names.edgeFunction),
      findFunction(context, names.responseFunction),
      findStore(context, names.store),
      findOac(context, names.oac),
      listCachePolicies(context),
      listHeadersPolicies(context),
    ]);
  // One that is not READY is not there yet: making it finds it, and waits.
  const store = seenStore?.status === 'READY' ? seenStore : undefined;
  const resolved = {
    'oac.id': oacId,
    ...idsOf(cachePolicies, names.cachePolicies),
    'headersPolicy.id': idOf(headersPolicies, names.headersPolicy),
    'store.arn': store?.arn,
    'function.arn': edgeFunction?.arn,
    'responseFunction.arn': responseFunction?.arn,
    'distribution.id': distribution?.id,
    'distribution.arn': distribution?.arn,
    'distribution.domain': distribution?.domain,
  };
  const found = store && { arn: store.arn, keys: undefined };
  const marked = describeMarked(listed);
  const policies = [...ownPolicies('cache', cachePolicies), ...ownPolicies('headers', headersPolicies)];
  const functions = { edgeFunction, responseFunction };
  return { distribution, marked, ...functions, store: found, policies, resolved: withoutUndefined(resolved) };
}

const withoutUndefined = (values: Readonly<Record<string, string | undefined>>): Resolved =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
