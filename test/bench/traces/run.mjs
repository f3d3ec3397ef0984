// Histories of real sites: npm run bench:traces -- --dir FOLDER [--names a,b] [--deploys 5] [--out FILE]
// Each is replayed whole through the planner; with --deploys its newest ones are deployed to a local cloud too.
import { writeFileSync } from 'node:fs';
import { readFlags, readList } from '../read-flags.mjs';
import { deployHistory } from './deploy-history.mjs';
import { loadTraces } from './load-traces.mjs';
import { planHistory } from './plan-history.mjs';

const { dir, names, deploys, out } = readFlags({ dir: '', names: '', deploys: 0, out: '' });
if (dir === '') throw new Error('--dir names the folder of the histories');

const print = (line) => process.stdout.write(`${line}\n`);
const table = (head, rows) => {
  print(`\n| ${head.join(' | ')} |\n|---${'|--:'.repeat(head.length - 1)}|`);
  for (const row of rows) print(`| ${row.join(' | ')} |`);
};
const perDeploy = (sum, count) => (Math.round((sum / count) * 10) / 10).toString();
const range = (values) => `${Math.min(...values)}–${Math.max(...values)}`;

const planned = loadTraces(dir, readList(names)).map((trace) => ({ trace, ...planHistory(trace) }));
table(
  ['site', 'deploys', 'changed', 'sent', 're-sent', 'missed', 'stale and not invalidated'],
  planned.map((row) =>
    [row.trace.name].concat([row.deploys, row.changed, row.sent, row.resent, row.missed, row.uncovered]),
  ),
);

const tell = ({ billable, overcovered, bytes }, count) =>
  `${billable} · ${perDeploy(overcovered, count)} · ${perDeploy(bytes / 1e6, count)} MB`;
const peers = Object.keys(planned[0]?.peers ?? {});
print('\nBilled invalidation items in all · unchanged objects and bytes thrown out, a deploy:');
table(
  ['site', 'deploys', 'cdnpub', ...peers],
  planned.map((row) =>
    [row.trace.name, row.deploys, tell(row.ours, row.deploys)].concat(
      peers.map((name) => tell(row.peers[name], row.deploys)),
    ),
  ),
);

const deployed = [];
if (deploys > 0) for (const { trace } of planned) deployed.push([trace.name, await deployHistory(trace, deploys)]);
if (deploys > 0)
  table(
    [
      'site',
      'deploys',
      'changed',
      'sent',
      're-sent',
      'S3 requests',
      'of them constant',
      'CloudFront',
      'store',
      'billed items',
    ],
    deployed.map(([name, results]) => {
      const sum = (pick) => results.reduce((total, result) => total + pick(result), 0);
      const kinds = Object.keys(results[0]?.s3 ?? {}).map((kind) => `${kind} ${sum(({ s3 }) => s3[kind])}`);
      return [name, results.length, sum(({ due }) => due), sum(({ sent }) => sent), sum(({ resent }) => resent)].concat(
        [
          kinds.join(', '),
          range(results.map(({ constant }) => constant)),
          range(results.map(({ cloudfront }) => cloudfront.read + cloudfront.write)),
          range(results.map(({ kvs }) => kvs.read + kvs.write)),
          sum(({ billable }) => billable),
        ],
      );
    }),
  );

if (out !== '')
  writeFileSync(
    out,
    `${JSON.stringify({ planned: planned.map(({ trace, ...row }) => ({ name: trace.name, ...row })), deployed })}\n`,
  );
process.exit();
