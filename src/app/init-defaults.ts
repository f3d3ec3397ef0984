import { resolve } from 'node:path';
import { detectSite } from '../config/detect.ts';
import { type Candidate, findCandidates } from '../config/find-candidates.ts';
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
  const [candidates, imports, account] = await Promise.all([
    findCandidates(cwd),
    readImports(cwd),
    flags.local ? undefined : findAccount({ env, profile: flags.profile ?? null, region }),
  ]);
  const [first] = candidates;
  const imported = first.isBuilt && imports.config.dir === '.' ? undefined : imports.config.dir;
  const dir = flags.dir ?? imported ?? first.dir;
  const site = flags.site ?? detectSite(resolve(cwd, dir)).site;
  const detected = (candidates.find((one) => one.dir === dir) ?? first).spa ?? false;
  const spa = flags.spa === undefined ? (imports.config.spa ?? detected) : flags.spa && (detected || true);
  return { answers: { site, dir, region, spa }, account, candidates, imports };
}
