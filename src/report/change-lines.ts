import type { Change } from '../model/plan.ts';
import { escapeName } from './escape-name.ts';
import { formatBytes } from './format.ts';
import { type ChangeGroup, groupChanges } from './group-changes.ts';
import { padText, textWidth } from './text-width.ts';

export interface ChangeLook {
  /** Lines at most: more changes are told by folder. Infinity names every object. */
  readonly most: number;
  /** Columns of the terminal; undefined where lines may be as long as they like. */
  readonly columns: number | undefined;
}

/** One glyph per meaning, the same in every view. */
const glyphs = {
  add: '+',
  change: '~',
  headers: 'h',
  delete: '-',
  keep: '=',
  retain: '=',
  forget: '-',
} as const;

/** A line a change in columns of name, reason and size; what is too long for its column takes the room it needs. */
export function changeLines(changes: readonly Change[], { most, columns }: ChangeLook): readonly string[] {
  const cells = groupChanges(changes, most).map(cellsOf);
  const sized = cells.filter(({ size }) => size !== '');
  const reasonWidth = longest(sized.map(({ reason }) => reason));
  const room = columns === undefined ? 36 : Math.max(columns - reasonWidth - 16, 12);
  const nameWidth = Math.min(longest(cells.map(({ name }) => name)), room);
  const lines = cells.map(({ glyph, name, reason, size }) =>
    `  ${glyph} ${padText(name, nameWidth)}  ${padText(reason, reasonWidth)} ${size}`.trimEnd(),
  );
  const named = cells.length === changes.length;
  return named ? lines : [...lines, `    ${changes.length} objects in all (--verbose names each)`];
}

interface Cells {
  readonly glyph: string;
  readonly name: string;
  readonly reason: string;
  readonly size: string;
}

function cellsOf({ name, changes }: ChangeGroup): Cells {
  const [first] = changes;
  const bytes = changes.map(sentBytes).filter((size) => size !== undefined);
  return {
    glyph: glyphs[first.kind],
    name: escapeName(name),
    reason: escapeName(changes.length === 1 ? reasonOf(first) : crowdReason(changes)),
    size: bytes.length === 0 ? '' : formatBytes(bytes.reduce((sum, size) => sum + size, 0)).padStart(9),
  };
}

const sentBytes = (change: Change): number | undefined =>
  change.kind === 'add' || change.kind === 'change' ? change.asset.size : undefined;

const reasonOf = (change: Change): string =>
  'reason' in change ? change.reason : change.kind === 'keep' ? 'unchanged' : '';

/** `24 new`: the reason of all of them, or what happens to them where it is not one. */
function crowdReason(changes: ChangeGroup['changes']): string {
  const reasons = new Set(changes.map(reasonOf));
  return `${changes.length} ${reasons.size === 1 ? reasonOf(changes[0]) : crowdWords[changes[0].kind]}`;
}

const crowdWords = {
  ...{ add: 'new', change: 'changed', headers: 'headers', delete: 'removed' },
  ...{ keep: 'unchanged', retain: 'kept', forget: 'gone' },
} as const satisfies Record<Change['kind'], string>;

const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, textWidth(text)), 0);
