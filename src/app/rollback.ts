import type { DeployReport } from '../report/deploy-result.ts';
import { deploy } from './deploy.ts';
import type { DeployOptions } from './deploy-options.ts';
import { prepareRollback } from './prepare-rollback.ts';
import type { RollbackRequest } from './rollback-request.ts';

export interface RollbackOptions extends DeployOptions, RollbackRequest {}

/** Goes back to a kept release: a deploy like any other, whose files lie in the bucket already. */
export const rollback = (options: RollbackOptions): Promise<DeployReport> =>
  deploy(options, () => prepareRollback(options));
