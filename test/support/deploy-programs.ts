import { deploy } from '../../src/app/deploy.ts';
import type { DeployOptions } from '../../src/app/deploy-options.ts';
import { planBuild } from '../../src/app/prepare-deploy.ts';
import { readBuild } from '../../src/app/read-build.ts';
import { wire } from '../../src/app/wire.ts';
import type { EdgePrograms } from '../../src/model/edge-program.ts';
import { deployResult } from '../../src/report/deploy-result.ts';

/** Deploys a build with programs of the test's own instead of what the compiler makes of it. */
export async function deployPrograms(options: DeployOptions, programs: EdgePrograms) {
  const prepare = async () => {
    const [wired, build] = await Promise.all([wire(options), readBuild(options.settings, options.notify, options.env)]);
    return planBuild(options, wired, { ...build, edge: { ...build.edge, compile: () => programs } });
  };
  return deployResult(await deploy(options, prepare));
}
