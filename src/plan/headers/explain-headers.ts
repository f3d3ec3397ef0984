import type { StoredHeaders } from '../../model/asset.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';
import { compileMatch } from './compile-match.ts';
import { edgePattern } from './edge-pattern.ts';
import { fillPlaceholders } from './fill-placeholders.ts';
import { headerPlace } from './header-place.ts';
import { isSiteWide } from './is-site-wide.ts';
import type { PlannedHeaders } from './plan-headers.ts';
import { tellOrigin } from './tell-origin.ts';

/** One header of a file's answer, and why it is there. */
export interface ExplainedHeader {
  readonly name: string;
  /** null where a rule took the header away. */
  readonly value: string | null;
  /** `_headers:4 /docs/*`, `config headers[2]`, `cdnpub default`. */
  readonly from: string;
  /** What sends it: error answers pass the policy, and no function. */
  readonly sentBy: 'object' | 'policy' | 'function';
}

/** Where each header of a file's answer comes from, sorted by name; a cookie stands once for each rule. */
export function explainHeaders(request: {
  readonly key: string;
  /** What its object carries when no rule says otherwise. */
  readonly defaults: StoredHeaders;
  readonly headers: Pick<PlannedHeaders, 'statements' | 'policy'>;
  readonly cleanUrls: boolean;
}): readonly ExplainedHeader[] {
  const { key, defaults, headers, cleanUrls } = request;
  const found = new Map<string, ExplainedHeader>();
  for (const [name, value] of Object.entries(defaults)) {
    found.set(name, { name, value, from: 'cdnpub default', sentBy: 'object' });
  }
  for (const [index, statement] of headers.statements.entries()) {
    const { match, name, value } = statement;
    if (headerPlace(name).kind === 'refused' || !compileMatch(match, cleanUrls)(key)) continue;
    const filled = value === null ? null : fillPlaceholders(value, edgePattern({ match, cleanUrls }), key);
    if (name === 'set-cookie' && value === null) forgetCookies(found);
    const place = name === 'set-cookie' && value !== null ? `${name} ${index}` : name;
    found.set(place, { name, value: filled, from: tellOrigin(statement), sentBy: senderOf(statement, headers.policy) });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function forgetCookies(found: Map<string, ExplainedHeader>): void {
  for (const [place, { name }] of found) if (name === 'set-cookie') found.delete(place);
}

function senderOf(
  { name, value, match }: HeaderStatement,
  policy: PlannedHeaders['policy'],
): ExplainedHeader['sentBy'] {
  if (headerPlace(name).kind === 'object') return 'object';
  return isSiteWide(match) && policy[name] === value ? 'policy' : 'function';
}
