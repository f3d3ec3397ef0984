import {
  type PathPart,
  type RedirectRule,
  type RedirectStatus,
  type RedirectTarget,
  type RuleSource,
  redirectStatuses,
} from '../../model/redirect-rule.ts';
import { readConditions, readQuery } from './read-conditions.ts';
import { type RuleOrigin, readSource } from './read-source.ts';
import { readTarget } from './read-target.ts';
import { type Reading, read, refuse } from './reading.ts';
import type { Dialect, WrittenRule } from './written-rule.ts';

/** Makes a rule of its parts, or says why it cannot be honoured and what to write instead. */
export function buildRule(written: WrittenRule, place: RulePlace): Reading<RedirectRule> {
  const origin = readSource(written, place.dialect);
  if (origin.kind === 'refused') return origin;
  const query = readQuery(written.query);
  if (query.kind === 'refused') return query;
  const conditions = readConditions(written.conditions);
  if (conditions.kind === 'refused') return conditions;
  const status = readStatus(written.status, place.dialect);
  if (status.kind === 'refused') return status;
  const to = written.to ?? impliedTarget(written.from, status.value);
  if (to === undefined) return refuse(missingTarget(written.from, status.value));
  const { host, from } = origin.value;
  const target = readTarget(to, [...capturesOf(from), ...query.value.flatMap(capturedParameter)]);
  if (target.kind === 'refused') return target;
  const rule = {
    ...{ source: place.source, host, from, query: query.value, to: target.value, status: status.value },
    force: isForced(written, place.dialect, target.value),
    slashMatters: place.dialect === 'cloudflare',
    conditions: conditions.value,
  };
  return checkRule(rule, origin.value.scheme, [...origin.warnings, ...target.warnings]);
}

interface RulePlace {
  readonly source: RuleSource;
  readonly dialect: Dialect;
}

function readStatus(status: number | undefined, dialect: Dialect): Reading<RedirectStatus> {
  const wanted = status ?? (dialect === 'cloudflare' ? 302 : 301);
  const known = redirectStatuses.find((value) => value === wanted);
  return known === undefined ? refuse(`status ${wanted} is not one of ${redirectStatuses.join(', ')}`) : read(known);
}

/** Netlify: `/docs/* 200` leads where it comes from. */
const impliedTarget = (from: string, status: RedirectStatus): string | undefined =>
  status === 200 && from.endsWith('/*') ? from.replace(/\*$/, ':splat') : undefined;

const missingTarget = (from: string, status: RedirectStatus): string =>
  status === 404 || status === 410
    ? `the page that is shown is missing: ${from} /404.html ${status}`
    : `a destination is missing: ${from} /where/it/leads ${status}`;

const capturesOf = (parts: readonly PathPart[]): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'segment' ? [part.name] : part.kind === 'splat' ? ['splat'] : []));

const capturedParameter = (part: RedirectRule['query'][number]): readonly string[] =>
  'capture' in part ? [part.capture] : [];

/** Cloudflare's rules go before files, but for the one that shows an app where there is no file. */
function isForced({ from, status, force }: WrittenRule, dialect: Dialect, to: RedirectTarget): boolean {
  if (force || dialect === 'netlify') return force;
  return !(status === 200 && from.endsWith('/*') && /^\/(?:index(?:\.html)?)?$/.test(literalOf(to.path) ?? ''));
}

/** The text of a path that nothing of a request goes into. */
const literalOf = (parts: readonly { readonly kind: string; readonly text?: string }[]): string | undefined =>
  parts.some(({ kind }) => kind !== 'text') ? undefined : parts.map(({ text }) => text).join('');

function checkRule(
  rule: RedirectRule,
  scheme: RuleOrigin['scheme'],
  warnings: readonly string[],
): Reading<RedirectRule> {
  const { status, to } = rule;
  if ((status === 404 || status === 410) && to.origin !== null) {
    return refuse(`a page of another site cannot be shown with status ${status}: name a page of this one`);
  }
  if (leadsToItself(rule)) {
    return scheme === 'http'
      ? refuse('CloudFront sends http to https by itself: the line is not needed', 'notice')
      : refuse('the rule leads to where it comes from; slashes at the end are a matter of "trailingSlash"');
  }
  const insecure = 'http requests are sent to https before any rule: this one is read as https';
  return read(rule, scheme === 'http' ? [...warnings, insecure] : warnings);
}

/** Whether a redirect always asks for the path that it was asked with. */
function leadsToItself({ host, from, to, status, slashMatters, query }: RedirectRule): boolean {
  if (status === 200 || status >= 400 || to.query !== null || query.length > 0) return false;
  if (to.origin !== null && to.origin !== `https://${host}`) return false;
  const [source, target] = [spell(from), spell(decoded(to.path))];
  return slashMatters ? source === target : source.replace(/\/$/, '') === target.replace(/\/$/, '');
}

type NamedPart = { readonly text: string } | { readonly name: string } | { readonly kind: 'splat' };

/** A path as text in which a placeholder cannot be taken for anything else. */
const spell = (parts: readonly NamedPart[]): string =>
  parts.map((part) => ('text' in part ? part.text : `\0${'name' in part ? part.name : 'splat'}\0`)).join('');

function decoded(parts: RedirectTarget['path']): readonly NamedPart[] {
  try {
    return parts.map((part) =>
      part.kind === 'text' ? { text: decodeURIComponent(part.text).normalize('NFC') } : part,
    );
  } catch {
    return parts;
  }
}
