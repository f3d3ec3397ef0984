import type { Outcome } from '../model/outcome.ts';
import { row } from './format.ts';

/**
 * How much of the time that CloudFront allows the functions took that this deploy published, the longest of a few
 * requests of the site. The local cloud can only guess. Empty where none was published.
 */
export function renderCompute(outcome: Outcome | undefined, options: { readonly local: boolean }): readonly string[] {
  const roles = ['request', 'response'] as const;
  const told = roles.flatMap((role) => {
    const share = outcome?.resolved[`compute.${role}`];
    return share === undefined ? [] : [`viewer-${role} ${share} %`];
  });
  const note = options.local ? 'estimated on this machine' : 'of the time that CloudFront allows';
  return told.length === 0 ? [] : [row('Edge', told.join(' · '), note)];
}
