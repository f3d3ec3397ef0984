import type { Asset, StoredHeaders } from '../../model/asset.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';
import { compileMatch } from '../headers/compile-match.ts';
import { edgePattern } from '../headers/edge-pattern.ts';
import { fillPlaceholders } from '../headers/fill-placeholders.ts';
import { isSiteWide } from '../headers/is-site-wide.ts';

/**
 * Lays statements about stored headers over the headers of each asset, in order: for one header the last match wins.
 * Throws `E_CONFIG` for a pattern that cannot be read.
 */
export function applyHeaderRules(request: {
  readonly assets: readonly Asset[];
  readonly statements: readonly HeaderStatement[];
  readonly cleanUrls: boolean;
}): readonly Asset[] {
  const { statements, cleanUrls } = request;
  if (statements.length === 0) return request.assets;
  const tests = new Map(
    statements.map(({ match }) => [match, isSiteWide(match) ? () => true : compileMatch(match, cleanUrls)]),
  );
  const patterns = new Map(statements.map(({ match }) => [match, edgePattern({ match, cleanUrls })]));
  return request.assets.map((asset) => {
    const hits = new Set([...tests].filter(([, matches]) => matches(asset.key)).map(([match]) => match));
    if (hits.size === 0) return asset;
    const headers = new Map(Object.entries(asset.headers));
    for (const { match, name, value } of statements) {
      const pattern = hits.has(match) ? patterns.get(match) : undefined;
      if (pattern === undefined) continue;
      if (value === null) headers.delete(name);
      else headers.set(name, fillPlaceholders(value, pattern, asset.key));
    }
    return { ...asset, headers: Object.fromEntries(headers) satisfies StoredHeaders };
  });
}
