import { resolve } from 'node:path';
import { detectSite } from '../config/detect.ts';
import { type Candidate, findBuild } from '../config/find-build.ts';
import { findCandidates } from '../config/find-candidates.ts';
import { type ReadImports, readImports } from '../config/read-imports.ts';
import { findAccount } from './find-account.ts';

export interface InitDefaults {
  readonly answers: {
    readonly site: string;
    readonly dir: string;
    readonly region: string;
    readonly spa: boolean | string;
  };
  /** Account of the credentials at hand, if there are any. */
  readonly account: string | undefined;
  /** Builds that were found, the likeliest first. */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  readonly imports: ReadImports;
}

/** What `init` proposes: flags, then what other configs say, then what is detected, then defaults. */
export async function initDefaults(request: {
  readonly cwd: string;
  readonly flags: {
    readonly site?: string | undefined;
    readonly dir?: string | undefined;
    readonly region?: string | undefined;
    readonly profile?: string | undefined;
    readonly spa?: boolean | undefined;
    readonly local: boolean;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
}): Promise<InitDefaults> {
  const { cwd, flags, env } = request;
  const region = flags.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1');
  const [found, imports, account] = await Promise.all([
    findCandidates(cwd),
    readImports(cwd),
    flags.local ? undefined : findAccount({ env, profile: flags.profile ?? null, region }),
  ]);
  const named = flags.dir ?? imports.config.dir;
  const candidates = named === undefined ? found : await nameFirst(cwd, normalize(named), found);
  const [{ dir, spa: page }] = candidates;
  const site = flags.site ?? detectSite(resolve(cwd, dir)).site;
  const detected = page ?? false;
  const spa = flags.spa === undefined ? (imports.config.spa ?? detected) : flags.spa && (detected || true);
  return { answers: { site, dir, region, spa }, account, candidates, imports };
}

/** Puts the build that was named before those that were found. */
async function nameFirst(
  cwd: string,
  dir: string,
  found: readonly Candidate[],
): Promise<readonly [Candidate, ...Candidate[]]> {
  const named = found.find((one) => one.dir === dir) ?? (await findBuild(cwd, dir));
  return [named, ...found.filter((one) => one !== named)];
}

/** A folder as candidates spell it; what the config takes as it was typed is hardly ever another. */
const normalize = (dir: string): string => dir.replace(/^\.\//, '').replace(/(?<=.)\/+$/, '');
