import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { frameworks } from './frameworks/frameworks.ts';
import type { Project } from './frameworks/project.ts';

/** What of a folder tells its generator, and the folders in it that a build may stand in. */
export interface ReadProject {
  readonly project: Project;
  /** Folders with an index.html to which some generator writes, relative to the project. */
  readonly builds: readonly string[];
}

/** Folders that builds are usually written to, in the order in which they are tried. */
export const usualOutputs = ['dist', 'build', 'out', 'public', '_site', 'site', 'www', 'output', 'book'];

/** Reads a project's package.json, the names of its files and the few texts that tell a generator. Throws nothing. */
export async function readProject(folder: string): Promise<ReadProject> {
  const files = await fastGlob(
    ['*', '*/*', '*/*/*', '.{vitepress,vuepress,storybook}/*', '*/.{vitepress,vuepress}/*'],
    {
      ...options(folder),
      dot: false,
      ignore: ['**/node_modules/**', ...outputFolders.map((output) => `${output}/**`)],
    },
  );
  const dotted = await fastGlob('.*', options(folder));
  const all = [...files, ...dotted].sort();
  const texts = all.filter((path) => telling.some((file) => file.test(path))).map((path) => [path, read(folder, path)]);
  const project = { ...packageOf(folder), files: all, texts: Object.fromEntries(texts) as Record<string, string> };
  return { project, builds: await findBuilds(folder) };
}

const options = (cwd: string) => ({ cwd, dot: true, followSymbolicLinks: false, suppressErrors: true }) as const;

const outputFolders = [...new Set([...usualOutputs, ...frameworks.flatMap(({ output }) => output)])];

/** Files in which generators are known or configured. */
const telling: readonly RegExp[] = [
  /^angular\.json$/,
  ...frameworks.flatMap(({ signs, outputSettings = [], needs }) => [
    ...(signs.texts ?? []).map(({ file }) => file),
    ...outputSettings.map(({ file }) => file),
    ...(needs === undefined ? [] : [needs.file]),
  ]),
];

/** Configs are small; what is larger is something else. */
const mostBytes = 512 * 1024;

function read(folder: string, path: string): string {
  try {
    const file = join(folder, path);
    return statSync(file).size <= mostBytes ? readFileSync(file, 'utf8') : '';
  } catch {
    return ''; // gone meanwhile, or not ours to read
  }
}

async function findBuilds(folder: string): Promise<string[]> {
  const found = await fastGlob(
    outputFolders.map((output) => `${output}/{index,200,index.csr,_shell}.html`),
    options(folder),
  );
  return [...new Set(found.map((path) => path.slice(0, path.lastIndexOf('/'))))].sort();
}

function packageOf(folder: string): Pick<Project, 'dependencies' | 'scripts'> {
  const parsed = parse(read(folder, 'package.json'));
  const sections = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  return {
    dependencies: sections.flatMap((section) => Object.keys(objectIn(parsed, section))),
    scripts: Object.fromEntries(
      Object.entries(objectIn(parsed, 'scripts')).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown, key: string): object {
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof inner === 'object' && inner !== null ? inner : {};
}
