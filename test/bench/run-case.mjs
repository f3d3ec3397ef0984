import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { judgeBucket } from './judge-bucket.mjs';
import { measureCommand } from './measure-command.mjs';
import { walk } from './walk.mjs';

/**
 * One measured deploy of one tool: its row. `fresh` begins with an empty bucket; `noop` and `change` with what the same
 * tool made of v1, which is sent (and kept at the server) before the first of them. Every file is new to the clock, as
 * after a checkout and a build on a runner.
 */
export async function runCase({ name, tool, scenario, corpus, builds, server, weather, options }) {
  const work = join(options.root, 'work', name);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const dir = join(corpus, scenario === 'change' ? 'v2' : 'v1');
  const settings = { endpoint: server.endpoint, work, timeoutSeconds: options.timeout };
  const { connections, profile } = options;
  const command = (of, given) =>
    tool.run({ dir: of, bucket: 'bench', endpoint: server.endpoint, work, connections, ...given });
  const saved = `${name} ${corpus}`;
  if (scenario !== 'fresh' && !seeded.has(saved)) {
    await server.ask('begin', { latency: 0 });
    const { code, said } = await measureCommand(command(join(corpus, 'v1')), settings);
    if (code !== 0) throw new Error(`${name} could not fill the bucket: ${said}`);
    await server.ask('save', { as: saved });
    seeded.add(saved);
  }
  touch(dir);
  await server.ask('begin', { ...weather, ...(scenario === 'fresh' ? {} : { from: saved }) });
  const measured = await measureCommand(command(dir, { profile }), settings);
  const result = await server.ask('result');
  const before = scenario === 'fresh' ? undefined : builds.get('v1');
  const build = builds.get(scenario === 'change' ? 'v2' : 'v1');
  const judged = tool.publishes === false ? unjudged : judgeBucket({ ...result, build, before });
  return { ...measured, ...countKinds(result), ...judged };
}

const seeded = new Set();

function touch(dir) {
  const now = new Date();
  for (const path of walk(dir)) utimesSync(path, now, now);
}

const kinds = {
  put: /^(?:PutObject|UploadPart|CreateMultipartUpload|CompleteMultipartUpload|CopyObject)$/,
  list: /^ListObjects/,
  get: /^GetObject$/,
  head: /^HeadObject$/,
  delete: /^DeleteObjects?$/,
};

function countKinds({ ops, requests, bytesIn, connections, peak, cpuMs, slowed, cut }) {
  const counted = Object.entries(kinds).map(([kind, pattern]) => {
    const own = Object.entries(ops).filter(([op]) => pattern.test(op));
    return [kind, own.reduce((sum, [, count]) => sum + count, 0)];
  });
  const other = requests - counted.reduce((sum, [, count]) => sum + count, 0);
  const mbUp = Math.round(bytesIn / 1e4) / 100;
  const server = { connections, peak, serverCpu: Math.round(cpuMs / 10) / 100, slowed, cut };
  return { requests, ...Object.fromEntries(counted), other, mbUp, ...server };
}

const unjudged = {
  ...{ missing: 0, stale: 0, extra: 0, resent: 0, wrongTypes: 0, uncached: 0 },
  ...{ earlyPages: 0, earlyDeletes: 0 },
};
