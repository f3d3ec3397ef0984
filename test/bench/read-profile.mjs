// node read-profile.mjs FILE.cpuprofile [ROWS]: where the processor time went, by place and by function.
import { readFileSync } from 'node:fs';

const [file = '', rows = '30'] = process.argv.slice(2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
const byId = new Map(nodes.map((node) => [node.id, node]));

/** A package of npm, a file of ours, or what Node says of itself. */
function placeOf({ url, functionName }) {
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  const [, own] = /\/dist\/(.+)$/.exec(name === undefined ? url : '') ?? [];
  return name ?? (own === undefined ? url || functionName : `cdnpub ${own}`);
}

const places = new Map();
const functions = new Map();
const add = (sums, name, ms) => sums.set(name, (sums.get(name) ?? 0) + ms);

samples.forEach((id, at) => {
  const { callFrame } = byId.get(id);
  if (callFrame.functionName === '(idle)') return;
  const ms = timeDeltas[at] / 1000;
  const place = placeOf(callFrame);
  add(places, place, ms);
  add(functions, `${callFrame.functionName || '(anonymous)'}  ${place}:${callFrame.lineNumber + 1}`, ms);
});

for (const sums of [places, functions]) {
  const sorted = [...sums].sort(([, a], [, b]) => b - a).slice(0, Number(rows));
  for (const [name, ms] of sorted) process.stdout.write(`${ms.toFixed(1).padStart(8)} ms  ${name}\n`);
  process.stdout.write('\n');
}
