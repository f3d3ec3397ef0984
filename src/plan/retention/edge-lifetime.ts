import type { StoredHeaders } from '../../model/asset.ts';

/** How long an edge may go on serving an object that it was never told to forget, in seconds: two days at least. */
export function edgeLifetimeSeconds(headers: StoredHeaders): number {
  const control = headers['cache-control'] ?? '';
  const shared = ageOf(control, 's-maxage') ?? ageOf(control, 'max-age') ?? 0;
  return Math.min(Math.max(shared, floorSeconds), maxTtlSeconds);
}

/** No mutable object lives longer at an edge than its `s-maxage` of one day; twice that is on the safe side. */
const floorSeconds = 2 * 86_400;

/** The longest TTL of our cache policy. */
const maxTtlSeconds = 31_536_000;

function ageOf(control: string, directive: 's-maxage' | 'max-age'): number | undefined {
  const [, seconds] = new RegExp(`(?:^|[\\s,])${directive}\\s*=\\s*"?(\\d+)`, 'i').exec(control) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}
