import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import type { Distribution } from '../state.ts';

/**
 * The caller's distribution of that id.
 * @throws ServiceFault NoSuchDistribution, or AccessDenied where it is another account's.
 */
export function findDistribution(call: Call, id: string | undefined): Distribution {
  const found = call.cloud.state.distributions.get(id ?? '');
  if (found === undefined) throw cloudFrontFault('NoSuchDistribution');
  if (found.account !== call.account) throw cloudFrontFault('AccessDenied');
  return found;
}
