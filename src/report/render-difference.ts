/** What would change in a text, line by line: `- ` goes, `+ ` comes, two spaces stay. */
export function renderDifference(before: string, after: string): readonly string[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const lengths = commonLengths(old, young);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && old[i] === young[j]) {
      lines.push(`  ${old[i]}`);
      i++;
      j++;
    } else if (j >= young.length || (i < old.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      lines.push(`- ${old[i++]}`);
    } else lines.push(`+ ${young[j++]}`);
  }
  return lines;
}

const linesOf = (text: string): readonly string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);

/** For each pair of places, how many lines both have in common from there on. Configs are short. */
function commonLengths(old: readonly string[], young: readonly string[]): readonly (readonly number[])[] {
  const table: number[][] = Array.from({ length: old.length + 1 }, () => new Array<number>(young.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = young.length - 1; j >= 0; j--) {
      const row = table[i] ?? [];
      row[j] = old[i] === young[j] ? at(table, i + 1, j + 1) + 1 : Math.max(at(table, i + 1, j), at(table, i, j + 1));
    }
  }
  return table;
}

const at = (table: readonly (readonly number[])[], i: number, j: number): number => table[i]?.[j] ?? 0;
