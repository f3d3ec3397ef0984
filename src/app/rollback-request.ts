import type { DeployRequest } from './prepare-deploy.ts';

/** A rollback as it was asked for. */
export interface RollbackRequest extends DeployRequest {
  /** Id that was typed; undefined: the release before the live one. */
  readonly release: string | undefined;
  /** Whether deploys are refused until the site is resumed. */
  readonly hold: boolean;
}
