import type { Explanation, Hop } from './explanation.ts';

/** Where a visitor goes from a hop, or why nowhere. */
export type NextAddress =
  | { readonly kind: 'address'; readonly scheme: 'http' | 'https'; readonly host: string; readonly path: string }
  | { readonly kind: 'end'; readonly end: Explanation['end'] };

/** Redirects that are followed. */
const mostRedirects = 10;

/** Follows a redirect for as long as it stays on the site, leads to a new address, and is one of ten. */
export function nextAddress(hops: readonly Hop[], hosts: readonly string[]): NextAddress {
  const last = hops.at(-1);
  if (last === undefined || last.answer.kind !== 'redirect') return { kind: 'end', end: 'answered' };
  const here = splitUrl(last.url);
  const there = splitUrl(
    last.answer.location.startsWith('/')
      ? `${here.scheme}://${here.host}${last.answer.location}`
      : last.answer.location,
  );
  if (there.host !== here.host && !hosts.includes(there.host)) return { kind: 'end', end: 'elsewhere' };
  if (hops.some(({ url }) => url === `${there.scheme}://${there.host}${there.path}`))
    return { kind: 'end', end: 'circle' };
  return hops.length > mostRedirects ? { kind: 'end', end: 'too many redirects' } : { kind: 'address', ...there };
}

/** An address in its parts, its path as it is spelled: nothing of it is made simpler, as a browser would. */
export function splitUrl(url: string): {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
} {
  const [, scheme = '', authority = '', rest = ''] = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(url) ?? [];
  return {
    scheme: scheme.toLowerCase() === 'http' ? 'http' : 'https',
    // A name and a password before the host are nobody's business.
    host: authority.replace(/^.*@/, '').toLowerCase(),
    path: encodeRaw(rest.startsWith('/') ? rest : `/${rest}`),
  };
}

/** What browsers encode of what is typed. */
const encodeRaw = (path: string): string =>
  path.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/[^\x21-\x7e]+|["<>]/g, encodeURIComponent);
