import type { NamingRules } from '../../model/naming-rules.ts';

/** A generator or bundler: how it is known, where it writes, and what its names promise. */
export interface Framework extends NamingRules {
  /** Short and stable, for flags and programs. */
  readonly id: string;
  /** As its authors write it. */
  readonly name: string;
  readonly rank: Rank;
  readonly signs: ProjectSigns;
  /** What makes the build, where package.json has no script for it. */
  readonly command: string;
  /** Folders that the build is written to, relative to the project, most usual first. `*` stands for one folder. */
  readonly output: readonly string[];
  /** Where the project may name another folder. */
  readonly outputSettings?: readonly OutputSetting[];
  readonly marks: BuildMarks;
  readonly app: AppKind;
  /** What has to be done so that a static site comes out. */
  readonly needs?: Need;
}

/**
 * Which of several is the one that makes the site: a site generator or meta-framework before an application's toolchain,
 * before a bundler that both are built on, before what only accompanies a project.
 */
export type Rank = 'site' | 'app' | 'bundler' | 'companion';

/** What a project is known by; any of them. */
export interface ProjectSigns {
  /** npm packages; a name ending in `*` stands for all that begin so. */
  readonly dependencies?: readonly string[];
  /** Paths relative to the project. */
  readonly files?: readonly RegExp[];
  /** A file, and what must stand in it. */
  readonly texts?: readonly TextSign[];
}

export interface TextSign {
  readonly file: RegExp;
  readonly holds: RegExp;
}

/** A file that may name the folder of the build: the first group of `names`. */
export interface OutputSetting {
  readonly file: RegExp;
  readonly names: RegExp;
  /** Put before what was named. */
  readonly within?: string;
}

/** What a build is known by: any set of files that are all there, or what its pages say of themselves. */
export interface BuildMarks {
  readonly files?: readonly (readonly RegExp[])[];
  /** Held against `<meta name="generator" content="…">`. */
  readonly generator?: RegExp;
}

/** `pages`: a file for each page. `single`: one page that draws all others. `either`: the build tells. */
export type AppKind = 'pages' | 'single' | 'either';

/** A setting without which the framework makes a server and no static site. */
export interface Need extends TextSign {
  /** What to do where it is missing. */
  readonly otherwise: string;
}
