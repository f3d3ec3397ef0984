import { userInfo } from 'node:os';
import { localStateDir, openLocalSession } from '../app/local-session.ts';
import { systemClock } from '../app/system-clock.ts';
import type { WireOptions } from '../app/wire.ts';
import { readSettings } from '../config/read-settings.ts';
import type { FlagValues, LoadedConfig } from '../config/setting-layers.ts';

/** Flags that every command has, and those of the settings that a command may have. */
export interface SiteFlags extends Omit<FlagValues, 'dir'> {
  readonly config?: string | undefined;
  readonly local: boolean;
}

/** A site that a command is about: what is asked for, and how AWS, or the local cloud, is reached. */
export interface OpenSite {
  readonly wire: WireOptions;
  readonly file: LoadedConfig | undefined;
  readonly urlOf: (domain: string) => string;
  /** The site is in a local cloud that this command started for itself. */
  readonly endsWithCommand: boolean;
  readonly close: () => Promise<void>;
}

/** Reads flags, environment and config, and opens the local cloud where it is asked for. */
export async function openSite(request: {
  readonly flags: SiteFlags;
  readonly dir: string | undefined;
  readonly concurrency: number;
}): Promise<OpenSite> {
  const { flags, dir, concurrency } = request;
  const { env } = process;
  const { settings, file } = await readSettings({
    cwd: process.cwd(),
    flags: { ...flags, dir },
    env,
    configFile: flags.config,
  });
  const session = flags.local ? await openLocalSession(localStateDir(process.cwd())) : undefined;
  // The local cloud has one account of its own; the config's is not meant for it.
  const place = session === undefined ? {} : { account: null, profile: null, region: settings.region ?? 'us-east-1' };
  return {
    wire: { settings: { ...settings, ...place }, env, local: session?.local, clock: systemClock, concurrency },
    file,
    urlOf: session?.urlOf ?? ((domain) => `https://${domain}`),
    endsWithCommand: session?.own === true,
    close: async () => session?.close(),
  };
}

/** Who runs the program, for the record of a release. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return 'unknown';
  }
}
