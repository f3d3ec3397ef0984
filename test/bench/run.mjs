// Deploy tools against a measured S3, side by side: README.md of this folder tells how.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { writeCorpus } from './corpus/write-corpus.mjs';
import { describeBuild } from './describe-build.mjs';
import { readFlags, readList } from './read-flags.mjs';
import { reportTable } from './report-table.mjs';
import { runCase } from './run-case.mjs';
import { startServer } from './server/start-server.mjs';
import { summarise } from './summarise.mjs';
import { listTools } from './tools/list-tools.mjs';

const options = readFlags({
  ...{ tools: '', files: '1000', megabytes: 0, latency: '0,30', scenario: 'fresh,noop,change', runs: 5 },
  ...{ connections: 256, timeout: 600, root: join(tmpdir(), 'cdnpub-bench'), out: '', peers: '', profile: '' },
  ...{ fault503: 0, faultReset: 0, faultLost: 0, maxRate: 0, seed: 7 },
});
const { fault503, faultReset, faultLost, maxRate, seed } = options;

const print = (line) => process.stdout.write(`${line}\n`);
const tools = listTools(options.peers);

function chosenTools() {
  const unknown = readList(options.tools).find((name) => tools[name] === undefined);
  if (unknown !== undefined) throw new Error(`there is no tool ${unknown}`);
  const names = options.tools === 'all' ? Object.keys(tools) : readList(options.tools);
  for (const name of names) if (tools[name].absent !== undefined) print(`${name} is left out: ${tools[name].absent}`);
  return names.filter((name) => tools[name].absent === undefined);
}

const machine = () => {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpus().length} × ${cpus()[0]?.model.trim()}, ${memory}, ${process.platform} ${process.arch}, Node ${process.version}`;
};

const versionOf = ({ version }) => (typeof version === 'function' ? version() : version);

/** All tools take turns, so that what the machine does besides falls on all of them. */
async function measureAll(names, server) {
  const runs = [];
  for (const files of readList(options.files).map(Number)) {
    const corpus = writeCorpus({ root: options.root, files, megabytes: options.megabytes });
    const builds = new Map(['v1', 'v2'].map((build) => [build, describeBuild(join(corpus, build))]));
    for (const latency of readList(options.latency).map(Number))
      for (const scenario of readList(options.scenario))
        for (let run = 1; run <= options.runs; run += 1)
          for (const name of names) {
            const weather = { latency, fault503, faultReset, faultLost, maxRate, seed };
            const row = await runCase({ name, tool: tools[name], scenario, corpus, builds, server, weather, options });
            runs.push({ tool: name, files, megabytes: options.megabytes, latency, scenario, run, ...row });
            print(
              `${name} ${files} files ${latency} ms ${scenario} ${run}/${options.runs}: ${row.wall} s, CPU ${row.cpu} s`,
            );
            if (row.code !== 0) print(`  exit ${row.code}: ${row.said.trim().split('\n').pop()}`);
          }
  }
  return runs;
}

const names = chosenTools();
if (names.length === 0) {
  for (const [name, { about, absent }] of Object.entries(tools)) print(`${name.padEnd(26)}${absent ?? about}`);
} else {
  mkdirSync(options.root, { recursive: true });
  const server = await startServer();
  const runs = await measureAll(names, server);
  server.close();
  const rows = summarise(runs);
  const versions = Object.fromEntries(names.map((name) => [name, versionOf(tools[name])]));
  const told = { machine: machine(), versions, options, rows, runs };
  if (options.out !== '') writeFileSync(options.out, `${JSON.stringify(told, null, 1)}\n`);
  print(`\n${told.machine}\n\n${reportTable(rows)}`);
}
