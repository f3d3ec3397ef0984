import type { EdgeDistribution, EdgeView } from '../edge-view.ts';

export type DistributionChoice =
  | { readonly kind: 'found'; readonly distribution: EdgeDistribution }
  | { readonly kind: 'none'; readonly status: number; readonly message: string };

/**
 * Which distribution answers a host (lower case, no port): its own domain or an alias; the bare loopback names stand
 * for the distribution that was deployed last. "If you create a DNS record but don't add the CNAME in your distribution
 * configuration, the request returns a 403 error" (HTTP 403 status code).
 */
export function pickDistribution(view: EdgeView, host: string): DistributionChoice {
  const distribution =
    view.distributionByHost(host) ?? (loopbackNames.includes(host) ? view.latestDistribution() : undefined);
  if (distribution !== undefined) return { kind: 'found', distribution };
  if (loopbackNames.includes(host)) return { kind: 'none', status: 404, message: 'Nothing has been deployed yet.' };
  return {
    kind: 'none',
    status: 403,
    message: "Bad request. We can't connect to the server for this app or website at this time.",
  };
}

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
