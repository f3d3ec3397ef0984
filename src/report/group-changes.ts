import type { Change } from '../model/plan.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';

/** Changes of one kind that are shown as one line: a single one, all of a folder, or those files that lie in it itself. */
export interface ChangeGroup {
  /** A key, `folder/`, or `folder/*`; `./` is the whole site. */
  readonly name: string;
  readonly changes: readonly [Change, ...Change[]];
}

interface Node extends ChangeGroup {
  /** What it can be taken apart into; empty for a single change. */
  readonly parts: readonly Node[];
}

/**
 * Changes by folder, in at most `most` lines where that is possible: folders are opened for as long as there is room,
 * those with the fewest parts first, so that single changes are told by name and only crowds by number.
 */
export function groupChanges(changes: readonly Change[], most: number): readonly ChangeGroup[] {
  const kinds = [...groupBy(changes, ({ kind }) => kind).values()];
  let nodes = kinds.map((same) => folderNode('', same));
  for (;;) {
    const room = most - nodes.length + 1;
    const next = smallest(nodes.filter(({ parts }) => parts.length > 0 && parts.length <= room));
    if (next === undefined) break;
    nodes = nodes.flatMap((node) => (node === next ? node.parts : [node]));
  }
  const order = new Map(changes.map((change, index) => [change, index]));
  return nodes.sort((a, b) => (order.get(a.changes[0]) ?? 0) - (order.get(b.changes[0]) ?? 0));
}

const smallest = (nodes: readonly Node[]): Node | undefined =>
  nodes.reduce<Node | undefined>(
    (least, node) => (least && least.parts.length <= node.parts.length ? least : node),
    undefined,
  );

function folderNode(folder: string, changes: readonly Change[]): Node {
  const leaf = (change: Change): Node => ({ name: keyOf(change), changes: [change], parts: [] });
  const rest = (change: Change) => keyOf(change).slice(folder.length);
  const here = changes.filter((change) => !rest(change).includes('/'));
  const inFolders = changes.filter((change) => rest(change).includes('/'));
  const folders = [...groupBy(inFolders, (change) => `${folder}${rest(change).split('/')[0]}/`)];
  const parts = [
    ...(here.length > 1 && folders.length > 0 ? [node(`${folder || './'}*`, here, here.map(leaf))] : here.map(leaf)),
    ...folders.map(([name, inside]) => folderNode(name, inside)),
  ];
  const [only] = parts;
  // A folder in which one thing changes is told as that.
  return parts.length === 1 && only !== undefined ? only : node(folder === '' ? './' : folder, changes, parts);
}

function node(name: string, changes: readonly Change[], parts: readonly Node[]): Node {
  const [first, ...others] = changes;
  if (first === undefined) throw new Error(`the group ${name} holds nothing`);
  return { name, changes: [first, ...others], parts };
}

function groupBy(
  changes: readonly Change[],
  nameOf: (change: Change) => string,
): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const name = nameOf(change);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [change]);
    else group.push(change);
  }
  return groups;
}
