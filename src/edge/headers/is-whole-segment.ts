import type { PathPart } from '../../model/redirect-rule.ts';

/** Whether the part at an index is a splat between slashes, or behind the last one. */
export function isWholeSegment(parts: readonly PathPart[], index: number): boolean {
  const [before, part, after] = [parts[index - 1], parts[index], parts[index + 1]];
  const isClosed = after === undefined || (after.kind === 'text' && after.text.startsWith('/'));
  return part?.kind === 'splat' && isClosed && before?.kind === 'text' && before.text.endsWith('/');
}
