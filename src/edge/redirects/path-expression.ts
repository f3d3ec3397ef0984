import type { PathPart } from '../../model/redirect-rule.ts';

/** A path pattern as a regular expression. */
export interface PathExpression {
  /** Of the whole path, decoded, slashes in a row made one; ES 5.1, so that the edge can use it too. */
  readonly source: string;
  /** What the groups catch, in order: names of placeholders, `splat`. Of one that comes twice the first counts. */
  readonly names: readonly string[];
}

/**
 * The one meaning of a path pattern. Where slashes do not matter (Netlify), `/a` takes `/a/` as well, and `/a/*` takes
 * `/a` too and catches what follows the slash, `x/` for `/a/x/`. Where they do (Cloudflare), each slash is what it is.
 */
export function pathExpression(parts: readonly PathPart[], slashMatters: boolean): PathExpression {
  const sources = parts.map((part, index) => {
    if (part.kind === 'segment') return '([^/]+)';
    if (part.kind === 'splat') return slashMatters ? '([\\s\\S]*)' : looseSplat(parts, index);
    return slashMatters ? quote(part.text) : looseText(parts, index, part.text);
  });
  const ends = parts.at(-1);
  const end = slashMatters || ends?.kind === 'splat' || (parts.length === 1 && isRoot(ends)) ? '' : '/?';
  return { source: `^${sources.join('')}${end}$`, names: parts.flatMap(nameOf) };
}

const nameOf = (part: PathPart): readonly string[] =>
  part.kind === 'segment' ? [part.name] : part.kind === 'splat' ? ['splat'] : [];

const isRoot = (part: PathPart | undefined): boolean => part?.kind === 'text' && part.text === '/';

/**
 * A splat that is whole segments may be none at all, with the slash before it; one at the end of a name (`/foo*`) begins
 * after a slash. Of two, the first takes as little as it can.
 */
function looseSplat(parts: readonly PathPart[], index: number): string {
  const lazy = parts.slice(index + 1).some(({ kind }) => kind === 'splat') ? '?' : '';
  if (isWhole(parts, index)) return `(?:/([\\s\\S]*${lazy}))?${lazy}`;
  return index === parts.length - 1 && !endsInSlash(parts[index - 1]) ? '/?([\\s\\S]*)' : `([\\s\\S]*${lazy})`;
}

function looseText(parts: readonly PathPart[], index: number, text: string): string {
  const isLast = index === parts.length - 1;
  const cut = (isLast && parts.length > 1) || isWhole(parts, index + 1) || (isLast && text !== '/');
  return quote(cut ? text.replace(/\/$/, '') : text);
}

/** Whether a splat stands between slashes, or between a slash and the end. */
function isWhole(parts: readonly PathPart[], index: number): boolean {
  const next = parts[index + 1];
  const before = parts[index]?.kind === 'splat' && endsInSlash(parts[index - 1]);
  return before && (next === undefined || (next.kind === 'text' && next.text.startsWith('/')));
}

const endsInSlash = (part: PathPart | undefined): boolean => part?.kind === 'text' && part.text.endsWith('/');

const quote = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
