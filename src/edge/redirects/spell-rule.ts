import type { PathPart, QueryPart, RedirectRule, TargetPart } from '../../model/redirect-rule.ts';

/** A rule as a line of `_redirects` says it, whichever dialect it was written in: `/old/* /new/:splat 301!`. */
export function spellRule(rule: RedirectRule): string {
  const { host, from, query, to, status, force, conditions } = rule;
  const lists = [
    ['Country', conditions.country],
    ['Language', conditions.language],
    ['Cookie', conditions.cookie],
  ] as const;
  return [
    `${host === null ? '' : `https://${host}`}${from.map(spellPath).join('')}`,
    ...query.map(spellParameter),
    `${to.origin ?? ''}${spellTarget(to.path)}${behind('?', to.query)}${behind('#', to.hash)}`,
    `${status}${force ? '!' : ''}`,
    ...lists.flatMap(([name, values]) => (values.length === 0 ? [] : [`${name}=${values.join(',')}`])),
  ].join(' ');
}

function spellPath(part: PathPart): string {
  if (part.kind === 'text') return part.text;
  return part.kind === 'splat' ? '*' : `:${part.name}`;
}

const spellParameter = (part: QueryPart): string =>
  `${part.name}=${'capture' in part ? `:${part.capture}` : part.value}`;

const spellTarget = (parts: readonly TargetPart[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : `:${part.name}`)).join('');

const behind = (mark: string, parts: readonly TargetPart[] | null): string =>
  parts === null ? '' : mark + spellTarget(parts);
