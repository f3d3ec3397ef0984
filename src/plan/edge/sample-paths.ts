import { canonicalPath } from '../../edge/canonical-path.ts';
import type { EdgeSource } from '../../model/edge-source.ts';
import type { Change } from '../../model/plan.ts';
import { isPageKey } from '../page-key.ts';

/** Paths that a function is tried on before it is published: the home page, a page, a redirect, and one that is not there. */
export function samplePaths(changes: readonly Change[], { redirects }: EdgeSource): readonly string[] {
  const page = changes.find((change) => 'asset' in change && isPageKey(change.asset.key));
  const redirect = redirects.find(({ from }) => from.every(({ kind }) => kind === 'text'));
  const from = redirect?.from.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return [
    '/',
    ...(page !== undefined && 'asset' in page ? [canonicalPath(page.asset.key)] : []),
    ...(from === undefined ? [] : [canonicalPath(from.replace(/^\//, ''))]),
    '/cdnpub/no/such/page',
  ];
}
