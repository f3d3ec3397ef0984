import type { HeaderStatement } from '../../model/header-statement.ts';
import type { HeaderRule, Settings } from '../../model/settings.ts';
import { securityStatements } from './security-statements.ts';

/** All that is said of headers, from the weakest source to the strongest: defaults, config, `_headers`. */
export const headerStatements = (sources: {
  readonly settings: Pick<Settings, 'headers' | 'securityHeaders'>;
  /** Those of the build's `_headers`. */
  readonly file: readonly HeaderStatement[];
}): readonly HeaderStatement[] => [
  ...securityStatements({ securityHeaders: sources.settings.securityHeaders, domains: [] }),
  ...sources.settings.headers.flatMap(ruleStatements),
  ...sources.file,
];

/** A rule of the config; where it is in the list is how people find it. */
function ruleStatements({ match, set, unset }: HeaderRule, index: number): HeaderStatement[] {
  const source = { file: 'config', line: null, entry: `headers[${index}]` };
  const said = [...unset.map((name) => [name, null] as const), ...Object.entries(set)];
  return said.map(([name, value]) => ({ match, name, value, origin: { kind: 'written', source } }));
}
