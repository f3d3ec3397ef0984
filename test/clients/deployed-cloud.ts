import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { smallSite } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { writeTree } from '../support/temp-dir.ts';

/** A local cloud to which the real binary has deployed a site, and then a change of it. */
export interface DeployedCloud {
  readonly cloud: TestCloud;
  readonly first: DeployResult;
  readonly second: DeployResult;
  close(): Promise<void>;
}

export async function deployCloud(): Promise<DeployedCloud> {
  const cloud = await startCloud();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-clients-')));
  const deploy = async (): Promise<DeployResult> => {
    const end = await cloud.run(['deploy', 'dist', '--site', 'clients', '--yes', '--json'], { cwd: folder });
    if (end.code !== 0) throw new Error(end.stdout + end.stderr);
    return end.json<DeployResult>();
  };
  writeTree(join(folder, 'dist'), smallSite);
  const first = await deploy();
  writeTree(join(folder, 'dist'), { 'index.html': '<!doctype html><p>changed' });
  const second = await deploy();
  rmSync(folder, { recursive: true });
  return { cloud, first, second, close: () => cloud.close() };
}
