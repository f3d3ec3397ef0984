import type { StoredHeaders } from '../../model/asset.ts';

/** What differs between two sets of headers, for people: `cache-control: max-age=60 → max-age=3600`. */
export function describeHeaderChange(from: StoredHeaders, to: StoredHeaders): string {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names
    .filter((name) => from[name] !== to[name])
    .map((name) => `${name}: ${from[name] ?? 'none'} → ${to[name] ?? 'none'}`)
    .join(', ');
}
