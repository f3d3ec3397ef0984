import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createJiti } from 'jiti';
import { deploy } from '../../../dist/app/deploy.js';
import { startLocalCloud } from '../../../dist/local-cloud/start-local-cloud.js';
import { deployResult } from '../../../dist/report/deploy-result.js';
import { compareBuilds, replay } from './load-traces.mjs';

const jiti = createJiti(import.meta.url);
const { createManualTime } = await jiti.import('../../support/manual-time.ts');
const { makeSettings } = await jiti.import('../../support/make-settings.ts');

// As the command does, before the SDK is loaded.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/**
 * Replays the newest deploys of a history against a local cloud, bucket and distribution: requests by kind, and what is
 * left of them when LIST pages, changed files and batches of deletes are taken away.
 */
export async function deployHistory(trace, count) {
  const dir = mkdtempSync(join(tmpdir(), 'cdnpub-trace-'));
  const time = createManualTime();
  const cloud = await startLocalCloud({ clock: time });
  const results = [];
  let before = new Map();
  try {
    for (const { tree } of replay(trace, count)) {
      const facts = compareBuilds(before, tree);
      writeChanges(dir, tree, facts);
      await time.advance(3_600_000);
      const result = deployResult(await deploy(optionsOf(dir, cloud, time)));
      if (result.error !== undefined) throw new Error(`${trace.name}: ${result.error.code}: ${result.error.message}`);
      if (before.size > 0) results.push(describe(result, facts));
      before = new Map(tree);
    }
  } finally {
    await cloud.close();
    rmSync(dir, { recursive: true });
  }
  return results;
}

function writeChanges(dir, tree, { added, changed, deleted }) {
  for (const key of deleted) rmSync(join(dir, key));
  for (const key of [...added, ...changed]) {
    const path = join(dir, key);
    const { id, size } = tree.get(key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.alloc(size, id));
  }
}

function describe({ requests, files, invalidations }, { added, changed }) {
  const { s3, cloudfront, kvs } = requests;
  const due = new Set([...added, ...changed]);
  const sent = [...files.added, ...files.changed, ...files.headers];
  const total = Object.values(s3).reduce((sum, count) => sum + count, 0);
  const pages = Math.ceil((files.total + files.retained.length) / 1000);
  const deletes = Math.ceil(files.deleted.length / 1000);
  return {
    due: due.size,
    sent: sent.length,
    resent: sent.filter((key) => !due.has(key)).length,
    ...{ s3, cloudfront, kvs },
    constant: total - sent.length - pages - deletes,
    billable: invalidations.reduce((sum, { billable }) => sum + billable, 0),
  };
}

function optionsOf(dir, cloud, time) {
  const no = { empty: true, noIndex: true, projectRoot: true, secrets: true, massDelete: true };
  return {
    settings: makeSettings({ site: 'trace', dir, region: 'eu-west-1' }),
    ...{ env: {}, local: cloud, clock: time.clock(), concurrency: 64, dirName: 'dist', dryRun: false },
    allowed: { ...no, adopt: false, older: false },
    run: { user: 'bench', host: 'bench', message: null, ci: null },
    notify: () => {},
    onPlan: async () => {},
    confirm: async () => true,
    lockTimeoutMs: 0,
    onLockWait: () => {},
    waitForDistribution: false,
    waitTimeoutMs: 900_000,
    urlOf: (domain) => cloud.urlOf(domain),
  };
}
