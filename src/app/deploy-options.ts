import type { SeenLock } from '../model/lock.ts';
import type { DeployRequest, PreparedDeploy } from './prepare-deploy.ts';

/** A deploy as it was asked for, and how its caller is told and asked. */
export interface DeployOptions extends DeployRequest {
  readonly dryRun: boolean;
  /** File that the plan of a dry run is put down in. */
  readonly savePlanTo?: string | undefined;
  /** Asked once with the plan when it needs a yes. Throws or answers false to refuse. */
  readonly confirm: (prepared: PreparedDeploy) => Promise<boolean>;
  /** Told as soon as the plan stands, before anything is asked or written. */
  readonly onPlan: (prepared: PreparedDeploy) => Promise<void>;
  /** How long another's lock is waited for, and who is told meanwhile. */
  readonly lockTimeoutMs: number;
  readonly onLockWait: (seen: SeenLock) => void;
  readonly waitForDistribution: boolean;
  readonly waitTimeoutMs: number;
  /** The address of a distribution's domain, where it is not the domain itself (the local cloud). */
  readonly urlOf: (domain: string) => string;
  /** Ends the deploy: no request is begun any more, and the reason, a `CdnpubError`, is told. */
  readonly signal?: AbortSignal | undefined;
}
