import type { Cloud } from '../call.ts';
import type { Distribution } from '../state.ts';

/** Keeps a distribution that has changed: new ETag, InProgress again. Also when a policy that it uses has changed. */
export function redeploy(cloud: Cloud, distribution: Distribution): Distribution {
  const now = cloud.clock.now();
  const updated = {
    ...distribution,
    etag: cloud.ids.resource(),
    modifiedAt: now,
    deployedAt: now + cloud.delays.deployMs,
  };
  cloud.state.distributions.set(updated.id, updated);
  return updated;
}
