import type { HeaderStatement } from '../../model/header-statement.ts';
import type { Settings } from '../../model/settings.ts';

/**
 * What `securityHeaders` says: cdnpub's defaults, none of them, or the defaults with single ones changed (`false` takes
 * one away). HSTS binds a host for a year, so it is only a default for hosts of the user's own, and never without being
 * told for those below them.
 */
export function securityStatements(settings: {
  readonly securityHeaders: Settings['securityHeaders'];
  /** The site's own hosts. */
  readonly domains: readonly string[];
}): readonly HeaderStatement[] {
  const { securityHeaders, domains } = settings;
  if (securityHeaders === false) return [];
  const hsts = domains.length === 0 ? [] : [['strict-transport-security', 'max-age=31536000'] as const];
  const own = [...defaults, ...hsts].map(([name, value]): HeaderStatement => {
    return { match: '/*', name, value, origin: { kind: 'built-in', name: 'cdnpub default' } };
  });
  const changed = Object.entries(securityHeaders === true ? {} : securityHeaders);
  return [...own, ...changed.map(([name, value]) => changedStatement(name, value))];
}

const defaults = [
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'SAMEORIGIN'],
] as const;

const changedStatement = (name: string, value: string | false): HeaderStatement => ({
  match: '/*',
  name,
  value: value === false ? null : value,
  origin: { kind: 'written', source: { file: 'config', line: null, entry: 'securityHeaders' } },
});
