import { hostname } from 'node:os';
import type { DeployOptions } from '../app/deploy-options.ts';
import type { PreparedDeploy } from '../app/prepare-deploy.ts';
import { runIdentity } from '../app/run-identity.ts';
import { savedPlanFile } from '../app/saved-plan-file.ts';
import { parseDuration } from '../config/duration.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { EndView } from '../report/render-end.ts';
import { renderNotices } from '../report/render-notices.ts';
import { renderPlan } from '../report/render-plan.ts';
import { askYes } from './ask-yes.ts';
import { listenForInterruption } from './interruption.ts';
import { openProgress } from './open-progress.ts';
import { type OpenSite, openSite, type SiteFlags, userName } from './open-site.ts';
import { columnsOf } from './print-lines.ts';
import type { ProgressView } from './progress-view.ts';

/** Flags of `deploy`, as they were parsed. */
export interface DeployFlags extends SiteFlags {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly adopt: boolean;
  readonly out?: string | undefined;
  readonly plan?: string | undefined;
  readonly 'dry-run': boolean;
  readonly yes: boolean;
  readonly strict?: boolean | undefined;
  readonly 'wait-timeout': string;
  readonly concurrency: number;
  readonly message?: string | undefined;
  readonly 'allow-empty': boolean;
  readonly 'allow-no-index': boolean;
  readonly 'allow-project-root': boolean;
  readonly 'allow-secrets': boolean;
  readonly 'allow-mass-delete': boolean;
  readonly 'allow-older': boolean;
  readonly 'lock-timeout'?: string | undefined;
}

/** A deploy that is ready to be run, and what its end is told with. */
export interface DeploySession {
  readonly options: DeployOptions;
  /** Waits until no progress row moves any more. */
  settle(): Promise<void>;
  endView(): Omit<EndView, 'report'>;
  close(): Promise<void>;
}

interface OpenDeployRequest {
  readonly dir: string | undefined;
  readonly flags: DeployFlags;
  readonly tell: (lines: readonly string[]) => void;
}

/** Everything between the command line and the use case. Throws `E_CONFIG` and `E_USAGE`. */
export async function openDeploy(request: OpenDeployRequest): Promise<DeploySession> {
  const { flags, dir } = request;
  checkPlanFlags(flags);
  const saved = flags.plan === undefined ? undefined : await savedPlanFile.read(flags.plan);
  const waitTimeoutMs = durationMs('--wait-timeout', flags['wait-timeout']);
  const site = await openSite({ flags, dir, concurrency: flags.concurrency });
  const interruption = listenForInterruption();
  const progress = await openProgress({ quiet: flags.quiet || flags.json });
  let prepared: PreparedDeploy | undefined;
  const options: DeployOptions = {
    ...site.wire,
    allowed: allowedBy(flags),
    dirName: dir ?? site.wire.settings.dir,
    notify: progress.notify,
    dryRun: flags['dry-run'],
    savePlanTo: flags.out,
    saved,
    urlOf: site.urlOf,
    run: runIdentity(process.env, { user: userName(), host: hostname(), message: flags.message ?? null }),
    waitForDistribution: flags.wait === true,
    waitTimeoutMs,
    lockTimeoutMs: lockTimeoutMs(flags['lock-timeout']),
    onLockWait: lockWaitTeller(request),
    signal: interruption.signal,
    onPlan: async (plan) => {
      prepared = plan;
      await progress.settle();
      showPlan(plan, site, request);
    },
    confirm: (plan) => confirm(plan, flags, progress),
  };
  return {
    options,
    settle: () => progress.settle(),
    endView: () => ({
      inventory: prepared?.build.inventory,
      liveSince: prepared?.snapshot.manifest?.finishedAt ?? null,
      local: flags.local,
      next: flags['dry-run'] ? nextOfDryRun(flags, dir) : nextCommand(site, dir, prepared),
    }),
    close: () => {
      interruption.stop();
      return site.close();
    },
  };
}

function checkPlanFlags({ out, plan, 'dry-run': dryRun }: DeployFlags): void {
  if (out === undefined || (dryRun && plan === undefined)) return;
  throw new CdnpubError('E_USAGE', {
    message:
      plan === undefined ? '--out saves the plan of a dry run' : '--out saves a plan, and --plan carries one out',
    hints: [`cdnpub deploy DIR --dry-run --out ${out}`],
  });
}

const nextOfDryRun = ({ out }: DeployFlags, dir: string | undefined): EndView['next'] =>
  out === undefined ? null : { command: `cdnpub deploy ${dir ?? 'DIR'} --plan ${out}`, why: 'does just that' };

function nextCommand(
  { endsWithCommand, file }: OpenSite,
  dir: string | undefined,
  prepared: PreparedDeploy | undefined,
): EndView['next'] {
  if (endsWithCommand) return { command: `cdnpub dev ${dir ?? ''}`.trim(), why: 'keeps the local cloud up' };
  if (file === undefined) return { command: 'cdnpub init', why: 'keep these choices in a file' };
  const before = prepared?.plan.previousRelease;
  return before == null ? null : { command: 'cdnpub rollback', why: `back to ${before}` };
}

/** How long another's lock is waited for: a person at a terminal decides for himself, an unattended run waits. */
export const lockTimeoutMs = (text: string | undefined): number =>
  durationMs('--lock-timeout', text ?? (process.stdin.isTTY && process.stderr.isTTY ? '0' : '5m'));

/** Tells once who is waited for. */
function lockWaitTeller({ flags, tell }: OpenDeployRequest): DeployOptions['onLockWait'] {
  let told = false;
  return ({ lock }) => {
    if (told || flags.json || flags.quiet) return;
    told = true;
    tell([`  waiting for ${lock.user} on ${lock.host}, who is deploying ${lock.release} (${lock.id})`]);
  };
}

/** A duration flag in milliseconds. */
export function durationMs(flag: string, text: string): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined) return seconds * 1000;
  throw new CdnpubError('E_USAGE', { message: `${flag} ${text} is no duration`, hints: [`${flag} 90s, 15m or 2h`] });
}

const allowedBy = (flags: DeployFlags): DeployOptions['allowed'] => ({
  empty: flags['allow-empty'],
  noIndex: flags['allow-no-index'],
  projectRoot: flags['allow-project-root'],
  secrets: flags['allow-secrets'],
  massDelete: flags['allow-mass-delete'],
  older: flags['allow-older'],
  adopt: flags.adopt,
});

function showPlan(
  { plan, build: { inventory, diagnostics }, snapshot }: PreparedDeploy,
  site: OpenSite,
  { flags, tell }: OpenDeployRequest,
): void {
  if (flags.json || flags.quiet || plan.refusals.length > 0) return;
  const { siteSource, profile, retention } = site.wire.settings;
  const domain = snapshot.cdn?.resolved['distribution.domain'] ?? null;
  const look = { verbose: flags.verbose, columns: columnsOf(process.stderr), assetsSeconds: retention.assetsSeconds };
  tell(renderPlan({ plan, inventory, siteSource, profile, domain, ...look }));
  if (flags.verbose) tell(renderNotices(diagnostics));
}

/** Yes by flag, else by asking, which needs a terminal. */
async function confirm({ plan }: PreparedDeploy, flags: DeployFlags, progress: ProgressView): Promise<boolean> {
  if (flags.yes) return true;
  if (flags.json || !process.stdin.isTTY || !process.stderr.isTTY) return false;
  await progress.settle();
  return askYes(
    plan.confirm.reasons.includes('creates infrastructure')
      ? 'Create these and publish?'
      : `This ${plan.confirm.reasons.join(' and ')}. Go on?`,
  );
}
