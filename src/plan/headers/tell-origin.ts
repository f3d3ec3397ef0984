import type { HeaderStatement } from '../../model/header-statement.ts';

/** Where a header comes from, as people are told: `_headers:4 /docs/*`, `config headers[2]`, `cdnpub default`. */
export function tellOrigin({ origin, match }: HeaderStatement): string {
  if (origin.kind === 'built-in') return origin.name;
  const { file, line, entry } = origin.source;
  return entry === undefined ? `${file}:${line} ${match}` : `${file} ${entry}`;
}
