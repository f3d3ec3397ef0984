import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Picked } from './layers.ts';
import type { Rule } from './rules.ts';

/** Hands a value on when its rule has nothing against it; throws `E_CONFIG` with its source otherwise. */
export function checkPicked(picked: Picked<string> | undefined, rule: Rule): Picked<string> | undefined {
  const problem = picked === undefined ? undefined : rule(picked.value);
  if (picked === undefined || problem === undefined) return picked;
  throw new CdnpubError('E_CONFIG', {
    message: `${picked.source}: ${JSON.stringify(picked.value)}: ${problem}`,
    hints: picked.source.startsWith('--') ? [] : [`change ${picked.source}`],
    details: { source: picked.source, value: picked.value },
  });
}
