/** One row of each case and tool: medians of its runs, with the least and the most of its wall time. */
export function summarise(runs) {
  const groups = Map.groupBy === undefined ? groupBy(runs) : Map.groupBy(runs, nameOf);
  return [...groups.values()].map((all) => {
    const numbers = Object.keys(all[0]).filter((name) => typeof all[0][name] === 'number');
    const middle = Object.fromEntries(numbers.map((name) => [name, median(all.map((run) => run[name]))]));
    const walls = all.map(({ wall }) => wall);
    const worst = all.find(({ code }) => code !== 0);
    return {
      ...all[0],
      ...middle,
      runs: all.length,
      least: Math.min(...walls),
      most: Math.max(...walls),
      ...worstOf(worst),
    };
  });
}

const nameOf = ({ tool, files, latency, scenario }) => [tool, files, latency, scenario].join('|');

function groupBy(runs) {
  const groups = new Map();
  for (const run of runs) groups.set(nameOf(run), [...(groups.get(nameOf(run)) ?? []), run]);
  return groups;
}

/** A tool that failed once has failed. */
const worstOf = (run) => (run === undefined ? {} : { code: run.code });

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return Math.round(((sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2) * 100) / 100;
}
