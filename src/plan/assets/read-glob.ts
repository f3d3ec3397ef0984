import { CdnpubError } from '../../model/cdnpub-error.ts';

/** The globs without braces that a glob stands for. Throws `E_CONFIG` where they are more than 1,000. */
export const readGlob = (glob: string): readonly PlainGlob[] =>
  expandBraces(glob.normalize('NFC')).map((text) => ({ text, segments: readPattern(text) }));

/** A glob without braces. */
export interface PlainGlob {
  readonly text: string;
  readonly segments: readonly SegmentPattern[];
}

/** What a segment of a glob asks for, character by character; or any number of segments. */
export type SegmentPattern = 'segments' | readonly CharPattern[];
export type CharPattern = 'any' | 'one' | { readonly char: string };

/** Cuts at `/`; an escaped one is a separator too, as no name can hold it. A last `**` needs a segment to stand for. */
function readPattern(glob: string): SegmentPattern[] {
  const segments = glob.replaceAll('\\/', '/').split('/').map(readSegment);
  return segments.at(-1) === 'segments' ? [...segments, ['any']] : segments;
}

function readSegment(segment: string): SegmentPattern {
  if (segment === '**') return 'segments';
  const chars: CharPattern[] = [];
  const source = [...segment];
  for (let i = 0; i < source.length; i++) {
    const char = source[i] ?? '';
    if (char === '*') chars.push('any');
    else if (char === '?') chars.push('one');
    else chars.push({ char: char === '\\' ? (source[++i] ?? '\\') : char });
  }
  return chars;
}

const mostAlternatives = 1000;

/** All globs without braces that a glob stands for; a brace without its twin stands for itself. */
function expandBraces(glob: string): string[] {
  const group = findGroup(glob);
  if (group === undefined) return [glob];
  const tails = expandBraces(glob.slice(group.end + 1));
  const expanded = group.alternatives
    .flatMap((alternative) => expandBraces(alternative))
    .flatMap((middle) => tails.map((tail) => glob.slice(0, group.start) + middle + tail));
  if (expanded.length > mostAlternatives) {
    throw new CdnpubError('E_CONFIG', {
      message: `the pattern ${glob} stands for more than ${mostAlternatives} globs`,
    });
  }
  return expanded;
}

interface Group {
  readonly start: number;
  readonly end: number;
  readonly alternatives: readonly string[];
}

/** The first closed `{…}` with a comma, cut at its own commas; `{id}` stands for itself, as in a shell. */
function findGroup(glob: string): Group | undefined {
  for (let start = 0; start < glob.length; start++) {
    if (glob[start] === '\\') start++;
    else if (glob[start] === '{') {
      const group = closeGroup(glob, start);
      if (group !== undefined && group.alternatives.length > 1) return group;
    }
  }
  return undefined;
}

function closeGroup(glob: string, start: number): Group | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let i = start; i < glob.length; i++) {
    if (glob[i] === '\\') i++;
    else if (glob[i] === '{') depth++;
    else if (glob[i] === '}') depth--;
    if (depth > 1 || i < from) continue;
    if (depth === 0 || glob[i] === ',') {
      alternatives.push(glob.slice(from, i));
      from = i + 1;
    }
    if (depth === 0) return { start, end: i, alternatives };
  }
  return undefined;
}
