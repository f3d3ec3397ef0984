import { type ExplainedHeader, explainHeaders } from '../headers/explain-headers.ts';
import type { HeaderLine } from './edge-visit.ts';
import type { ExplainedSite } from './explained-site.ts';
import type { HopHeader } from './explanation.ts';

/** Who sets each header of an answer, sorted by name; and which rules took one away. */
export function tellHeaders(
  site: ExplainedSite,
  answer: {
    readonly headers: readonly HeaderLine[];
    /** The object that answers; undefined where a function does. */
    readonly key?: string;
    /** Whether the answer passed the viewer-response function. */
    readonly passed: 'function' | 'no function';
  },
): readonly HopHeader[] {
  const said = saidOf(site, answer.key);
  const told = answer.headers.map(
    ([name, value]): HopHeader => ({ name, value, from: sourceOf(site, answer, said, [name, value]) }),
  );
  const there = new Set(answer.headers.map(([name]) => name));
  const gone = said.filter(({ name, value, sentBy }) => {
    return value === null && !there.has(name) && (sentBy !== 'function' || answer.passed === 'function');
  });
  const all = [...told, ...gone.map(({ name, value, from }) => ({ name, value, from }))];
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function saidOf({ rules, objects, source }: ExplainedSite, key: string | undefined): readonly ExplainedHeader[] {
  if (rules === null) return [];
  const { cleanUrls } = source;
  // What a function answers has what the policy sets, which is for every path.
  if (key === undefined) {
    const wide = explainHeaders({ key: '', defaults: {}, headers: rules, cleanUrls });
    return wide.filter(({ sentBy }) => sentBy === 'policy');
  }
  return explainHeaders({ key, defaults: objects.get(key)?.headers ?? {}, headers: rules, cleanUrls });
}

function sourceOf(
  { source, rules, objects }: ExplainedSite,
  { key, passed }: { readonly key?: string; readonly passed: 'function' | 'no function' },
  said: readonly ExplainedHeader[],
  [name, value]: HeaderLine,
): string {
  const known = said.find((one) => {
    return one.name === name && one.value === value && (one.sentBy !== 'function' || passed === 'function');
  });
  if (known !== undefined) return known.from;
  if (source.policy[name] === value) return rules === null ? 'response headers policy' : policyRule(rules, name, value);
  if (key !== undefined && objects.get(key)?.headers[name] === value) return 'stored with the object';
  if (key === undefined) return 'cdnpub, at the edge';
  return source.handlers.viewerResponse === null
    ? 'cdnpub, at the edge'
    : 'your own viewer-response function, or cdnpub';
}

/** The site-wide rule that the policy was made of: a rule of one file may hide it, which errors do not pass. */
function policyRule(rules: NonNullable<ExplainedSite['rules']>, name: string, value: string): string {
  const wide = explainHeaders({ key: '', defaults: {}, headers: rules, cleanUrls: false });
  return wide.find((one) => one.name === name && one.value === value)?.from ?? 'response headers policy';
}
