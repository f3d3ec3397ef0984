import type { EdgeCachePolicy } from '../edge-view.ts';

export type Encoding = 'br' | 'gzip';

/**
 * The encodings that a viewer takes and the cache policy enables, Brotli first ("Compression support": both →
 * `br,gzip`, one → that one, none → the header is not in the cache key and the origin gets `identity`).
 */
export function normaliseAcceptEncoding(
  header: string | undefined,
  policy: Pick<EdgeCachePolicy, 'gzip' | 'brotli'>,
): readonly Encoding[] {
  const accepted = (header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.replace(/\s*;.*$/, ''));
  const enabled: readonly Encoding[] = [
    ...(policy.brotli ? ['br' as const] : []),
    ...(policy.gzip ? ['gzip' as const] : []),
  ];
  return enabled.filter((encoding) => accepted.includes(encoding));
}
