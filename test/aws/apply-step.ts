import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import type { CliEnd } from '../support/run-cdnpub.ts';
import { writeTree } from '../support/write-tree.ts';
import type { DeployStep } from './deploy-steps.ts';

/** Changes a project as a step says and deploys it; answers what `deploy --json` says. */
export async function applyStep(
  step: DeployStep,
  project: {
    readonly folder: string;
    readonly flags: readonly string[];
    readonly run: (args: readonly string[], cwd: string) => Promise<CliEnd>;
  },
): Promise<DeployResult> {
  const { folder, flags, run } = project;
  for (const [path, content] of Object.entries(step.files)) {
    if (content === null) rmSync(join(folder, path));
    else writeTree(folder, { [path]: content });
  }
  const end = await run(['deploy', 'dist', '--json', ...flags, ...step.flags], folder);
  return end.json<DeployResult>();
}
