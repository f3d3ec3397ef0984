/** Markdown: a table for each corpus, latency and scenario, the fastest first. */
export function reportTable(rows) {
  const titles = [...new Set(rows.map(titleOf))];
  return titles
    .map((title) => {
      const own = rows.filter((row) => titleOf(row) === title).sort((a, b) => a.wall - b.wall);
      const floor = own.find(({ tool }) => tool === 'floor')?.wall;
      const lines = own.map((row) => `| ${columns.map(([, tell]) => tell(row, floor)).join(' | ')} |`);
      const head = `| ${columns.map(([name]) => name).join(' | ')} |\n|---${'|--:'.repeat(columns.length - 1)}|`;
      return `### ${title}\n\n${head}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

const titleOf = ({ files, megabytes, latency, scenario }) =>
  `${files} files${megabytes === 0 ? '' : ` of ${megabytes} MB`}, ${latency} ms, ${scenario}`;

const columns = [
  ['tool', ({ tool, code }) => (code === 0 ? tool : `${tool} (exit ${code})`)],
  ['wall s', ({ wall, least, most, runs }) => (runs === 1 ? wall : `${wall} (${least}–${most})`)],
  ['of the floor', ({ wall }, floor) => (floor ? `${(wall / floor).toFixed(2)} ×` : '')],
  ['CPU s', ({ cpu }) => cpu],
  ['peak MB', ({ rssMb }) => rssMb],
  [
    'put / list / get / head / delete / other',
    (row) => [row.put, row.list, row.get, row.head, row.delete, row.other].join(' / '),
  ],
  ['MB up', ({ mbUp }) => mbUp],
  ['connections', ({ connections }) => connections],
  ['in flight', ({ peak }) => peak],
  ['re-sent', ({ resent }) => resent],
  ['missing / stale / extra', ({ missing, stale, extra }) => `${missing} / ${stale} / ${extra}`],
  ['wrong types', ({ wrongTypes }) => wrongTypes],
  ['early pages / deletes', ({ earlyPages, earlyDeletes }) => `${earlyPages} / ${earlyDeletes}`],
  ['server CPU s', ({ serverCpu }) => serverCpu],
];
