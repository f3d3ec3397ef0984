import type { Asset, ScannedFile } from './asset.ts';

/** A file or folder of the build that does not go up, and why, for the report. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/** A file that would go up and looks like a secret. `what` names the kind ("private key"), never the content. */
export interface SecretFinding {
  readonly key: string;
  readonly what: string;
}

/** Files of a build that steer how it is served; null where there is none. */
export interface RuleFiles {
  readonly headers: string | null;
  readonly redirects: string | null;
}

/** What `src/site/` read from the build directory. Keys are sorted by their UTF-8 bytes, as S3 lists them. */
export interface Scan {
  /** Absolute path of the directory. */
  readonly root: string;
  readonly files: readonly ScannedFile[];
  readonly leftOut: readonly LeftOut[];
  readonly ruleFiles: RuleFiles;
  readonly secrets: readonly SecretFinding[];
  /** Signs that the directory is a project and not a build (`package.json`, …), and the folder it probably means. */
  readonly project: { readonly signs: readonly string[]; readonly probableBuild: string | null };
}

/** The build as it is to be published. */
export interface Inventory extends Omit<Scan, 'files'> {
  readonly assets: readonly Asset[];
}
