/** What of a project's folder tells its generator. Paths are relative to it, `/` between names. */
export interface Project {
  /** Names of the packages that package.json asks for, in whatever section. */
  readonly dependencies: readonly string[];
  /** Its scripts, by name. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Files of the folder and of the two levels below it, without installed packages and hidden folders of tools. */
  readonly files: readonly string[];
  /** Texts of those files that some generator is known by or configured in. */
  readonly texts: Readonly<Record<string, string>>;
}
