import type { HeaderStatement } from '../../model/header-statement.ts';
import type { HeaderRule, Settings } from '../../model/settings.ts';
import { isSiteWide } from './is-site-wide.ts';
import { securityStatements } from './security-statements.ts';

/** All that is said of headers, from the weakest source to the strongest: defaults, config, `_headers`. */
export const headerStatements = (sources: {
  readonly settings: Pick<Settings, 'headers' | 'securityHeaders' | 'basePath'>;
  /** Those of the build's `_headers`. */
  readonly file: readonly HeaderStatement[];
}): readonly HeaderStatement[] => [
  ...securityStatements({ securityHeaders: sources.settings.securityHeaders, domains: [] }),
  ...sources.settings.headers.flatMap((rule, index) => ruleStatements(rule, index, sources.settings.basePath)),
  ...sources.file,
];

/**
 * A rule of the config; where it is in the list is how people find it. A glob is about files of the build, which lie in
 * the base path's folder; a URL pattern is about addresses, and has the base path itself.
 */
function ruleStatements({ match, set, unset }: HeaderRule, index: number, basePath: string): HeaderStatement[] {
  const source = { file: 'config', line: null, entry: `headers[${index}]` };
  const said = [...unset.map((name) => [name, null] as const), ...Object.entries(set)];
  const pattern = isSiteWide(match) || match.startsWith('/') ? match : basePath + match;
  return said.map(([name, value]) => ({ match: pattern, name, value, origin: { kind: 'written', source } }));
}
