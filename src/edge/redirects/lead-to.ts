import type { CompiledRule } from './compile-rule.ts';

/** The decoded path of this site that a rule leads a path to; undefined where it does not match or leads elsewhere. */
export function leadTo({ rule, match }: CompiledRule, path: string): string | undefined {
  if (rule.to.origin !== null) return undefined;
  const values = match(path);
  if (values === undefined) return undefined;
  const filled = rule.to.path.map((part) => (part.kind === 'text' ? decode(part.text) : (values.get(part.name) ?? '')));
  return filled
    .join('')
    .normalize('NFC')
    .replace(/\/{2,}/g, '/');
}

/** Whether visitors get another address. */
export const isRedirect = ({ rule: { status } }: CompiledRule): boolean => status >= 300 && status < 400;

/**
 * Whether a rule is passed over for a path, since it would lead to that very path. Two addresses of one page count as
 * one: a redirect between them would fight with that of clean URLs.
 */
export const leadsBack = (rule: CompiledRule, path: string): boolean => {
  const target = isRedirect(rule) && rule.rule.to.query === null ? leadTo(rule, path) : undefined;
  return target !== undefined && stemOf(target) === stemOf(path);
};

/** A path without what clean URLs leave out. */
const stemOf = (path: string): string =>
  path
    .replace(/\/$/, '')
    .replace(/\.html$/, '')
    .replace(/\/index$/, '');

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
