import { readdirSync, readFileSync } from 'node:fs';

/** What a generator made of a small project: the files of the project that tell it, and those of its build. */
export interface BuiltOutput {
  /** The generator's id. */
  readonly framework: string;
  /** Path → text. */
  readonly project: Readonly<Record<string, string>>;
  /** Folder of the build, relative to the project. */
  readonly dir: string;
  /** The beginning of its index.html. */
  readonly index: string;
  readonly files: readonly string[];
}

const folder = new URL('../fixtures/outputs/', import.meta.url);

/** Shapes of real builds, each of a generator from the registry. */
export const readOutputs = (): readonly BuiltOutput[] =>
  readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as BuiltOutput);
