/** Keys in UTF-8 byte order, cheap to change and to read from any point. */
export interface SortedKeys {
  add(key: string): void;
  delete(key: string): void;
  readonly size: number;
  /** Keys in order, from the first one for which `isBefore` is false; `isBefore` must be true for a leading part only. */
  from(isBefore: (key: string) => boolean): Iterable<string>;
}

/** Blocks of at most `blockLimit` keys, so that an insertion moves one block and not the whole list. */
export function createSortedKeys(): SortedKeys {
  const blocks: string[][] = [];
  let size = 0;
  return {
    add(key) {
      const at = locate(blocks, key);
      const block = blocks[at.block];
      if (block === undefined) blocks.push([key]);
      else if (block[at.index] === key) return;
      else insert(blocks, at, key);
      size += 1;
    },
    delete(key) {
      const { block, index } = locate(blocks, key);
      if (blocks[block]?.[index] !== key) return;
      blocks[block].splice(index, 1);
      if (blocks[block].length === 0) blocks.splice(block, 1);
      size -= 1;
    },
    get size() {
      return size;
    },
    from: (isBefore) => keysFrom(blocks, isBefore),
  };
}

/**
 * Compares as UTF-8 bytes do, which is by code point. UTF-16 units differ from that only where one text has a
 * surrogate (U+10000 and above) and the other a unit from U+E000 up.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return (x >= 0xd800 && y >= 0xd800 ? rank(x) - rank(y) : x - y) < 0 ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

const blockLimit = 512;

interface Place {
  readonly block: number;
  readonly index: number;
}

function rank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x2000 : unit + 0x2000;
}

function* keysFrom(blocks: readonly (readonly string[])[], isBefore: (key: string) => boolean): Iterable<string> {
  const first = countWhile(blocks, (block) => isBefore(block.at(-1) ?? ''));
  for (let at = first; at < blocks.length; at += 1) {
    const block = blocks[at] ?? [];
    for (let index = at === first ? countWhile(block, isBefore) : 0; index < block.length; index += 1) {
      yield block[index] ?? '';
    }
  }
}

/** Where a key stands or would stand: never past the last block, so that keys in order fill one block after another. */
function locate(blocks: readonly (readonly string[])[], key: string): Place {
  const isBefore = (other: string) => compareKeys(other, key) < 0;
  const found = countWhile(blocks, (block) => isBefore(block.at(-1) ?? ''));
  const block = Math.max(0, Math.min(found, blocks.length - 1));
  return { block, index: countWhile(blocks[block] ?? [], isBefore) };
}

function insert(blocks: string[][], { block, index }: Place, key: string): void {
  const list = blocks[block] ?? [];
  list.splice(index, 0, key);
  if (list.length <= blockLimit) return;
  // A block that grew at its end is being filled in order: leave it full and begin the next one.
  const cut = index === list.length - 1 ? index : list.length >> 1;
  blocks.splice(block + 1, 0, list.splice(cut));
}

/** The length of the leading part for which `test` holds, by bisection. */
function countWhile<T>(list: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = list[middle];
    if (item !== undefined && test(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
