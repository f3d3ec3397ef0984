import { hostname } from 'node:os';
import type { DevOptions } from '../app/dev.ts';
import { runIdentity } from '../app/run-identity.ts';
import { systemClock } from '../app/system-clock.ts';
import { readSettings } from '../config/read-settings.ts';
import { type SiteFlags, userName } from './open-site.ts';

/** The deploys that `dev` runs: everything is created without asking, as nothing of it costs or lasts. */
export async function devDeploy(request: {
  readonly dir: string | undefined;
  readonly flags: SiteFlags;
}): Promise<DevOptions['deploy']> {
  const { dir, flags } = request;
  const { env } = process;
  const { settings } = await readSettings({
    cwd: process.cwd(),
    flags: { ...flags, dir },
    env,
    configFile: flags.config,
  });
  // The local cloud has one account of its own; the config's is not meant for it.
  const local = { ...settings, account: null, profile: null, region: settings.region ?? 'us-east-1', cdn: true };
  return {
    settings: local,
    env,
    clock: systemClock,
    concurrency: 64,
    allowed: {
      empty: false,
      noIndex: false,
      projectRoot: false,
      secrets: false,
      massDelete: true,
      adopt: false,
      older: true,
    },
    dirName: dir ?? settings.dir,
    notify: () => {},
    dryRun: false,
    confirm: async () => true,
    onPlan: async () => {},
    run: runIdentity(env, { user: userName(), host: hostname(), message: null }),
    waitForDistribution: false,
    waitTimeoutMs: 60_000,
    lockTimeoutMs: 60_000,
    onLockWait: () => {},
  };
}
