import type { DeployResult } from '../deploy-result.ts';

/** The outputs of a step, a line each: none of the values can begin another output. */
export function stepOutputs(result: DeployResult): readonly string[] {
  const values = {
    url: result.url,
    release: result.release,
    'distribution-id': result.distribution?.id,
    'invalidation-id': result.invalidations.find(({ id }) => id !== null)?.id,
    changed: result.changed,
    'uploaded-bytes': result.bytes.uploaded,
  };
  return Object.entries(values).map(([name, value]) => `${name}=${String(value ?? '').replace(/[\r\n]/g, ' ')}`);
}
