import { isWholeSegment } from '../../edge/headers/is-whole-segment.ts';
import { readUrlPattern } from '../../edge/headers/read-url-pattern.ts';
import type { PathPart } from '../../model/redirect-rule.ts';
import { readGlob, type SegmentPattern } from '../assets/read-glob.ts';

/** A pattern for the edge; see `ViewerHeaderRule`. */
export interface EdgePattern {
  /** Source of a regular expression for decoded paths of keys. */
  readonly pattern: string;
  readonly captures: readonly string[];
}

/**
 * A rule's pattern as the edge tests it: against the path of the key that answers, so that a URL pattern takes a page
 * under each of its names. It finds what `compileMatch` finds. Throws `E_CONFIG` for a glob that stands for too many.
 */
export function edgePattern({
  match,
  cleanUrls,
}: {
  readonly match: string;
  readonly cleanUrls: boolean;
}): EdgePattern {
  if (match.startsWith('/')) return urlPattern(readUrlPattern(match), cleanUrls);
  const globs = readGlob(match).map(({ segments }) => segments.map(segmentSource).join(''));
  return { pattern: `^/(?:${globs.join('|')})$`, captures: [] };
}

/** What the file's name has that the address need not have. */
const pageEnding = (cleanUrls: boolean): string =>
  cleanUrls ? '(?:/(?:index\\.html)?|\\.html)?' : '(?:/(?:index\\.html)?)?';

function urlPattern(parts: readonly PathPart[], cleanUrls: boolean): EdgePattern {
  const captures: string[] = [];
  const pieces = parts.map((part, index) => {
    if (part.kind === 'text') return escapeText(textBefore(part.text, parts, index));
    const name = part.kind === 'splat' ? 'splat' : part.name;
    captures.push(captures.includes(name) ? '' : name);
    if (part.kind === 'segment') return '([^/]+?)';
    return isWholeSegment(parts, index) ? '(?:/(.*?))??' : '(.*?)';
  });
  return { pattern: `^${pieces.join('')}${pageEnding(cleanUrls)}$`, captures };
}

function textBefore(text: string, parts: readonly PathPart[], index: number): string {
  const isRoot = text === '/' && parts.length === 1;
  return isRoot || isWholeSegment(parts, index + 1) ? text.slice(0, -1) : text;
}

function segmentSource(segment: SegmentPattern, index: number, all: readonly SegmentPattern[]): string {
  if (segment === 'segments') return '(?:[^/]+/)*';
  const chars = segment.map((char) => {
    if (char === 'any') return '[^/]*';
    return char === 'one' ? oneCharacter : escapeText(char.char);
  });
  return chars.join('') + (index === all.length - 1 ? '' : '/');
}

/** Without flags an expression counts UTF-16 units. */
const oneCharacter = '(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^/])';

const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
