import type { StoredHeaders } from '../../model/asset.ts';

/** Whether two objects carry the same stored headers. */
export function equalHeaders(a: StoredHeaders, b: StoredHeaders): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
