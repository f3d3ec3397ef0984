/**
 * Whether an invalidation's item covers a cached object ("Specify the files to invalidate"): an exact path is compared
 * with the key's path and, where the query string is in the key, its query; a `*` at the end stands for 0 or more
 * characters of both. Case and percent-encoding are compared as they are spelled. A `#tag` covers no path.
 */
export function matchInvalidation(item: string, key: { readonly uri: string; readonly query: string }): boolean {
  if (item.startsWith('#')) return false;
  const path = key.query === '' ? key.uri : `${key.uri}?${key.query}`;
  return item.endsWith('*') ? path.startsWith(item.slice(0, -1)) : path === item;
}
