import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Scan } from '../model/inventory.ts';
import { findSourceScript } from './find-source-script.ts';

/** Looks for signs that a folder is a project and not what was built from it, and for the build inside it. */
export function inspectProject(root: string): Scan['project'] {
  const signs = ['package.json', 'node_modules', '.git'].filter((name) => existsSync(join(root, name)));
  const script = sourceScriptOf(root);
  return {
    signs: script === undefined ? signs : [...signs, `an index.html that loads ${script}`],
    probableBuild: buildFolders(root).find((folder) => isFile(join(root, folder, 'index.html'))) ?? null,
  };
}

function sourceScriptOf(root: string): string | undefined {
  const index = join(root, 'index.html');
  return isFile(index) ? findSourceScript(readFileSync(index, 'utf8')) : undefined;
}

/** Where build tools write, most usual first; Angular's builds lie one project deeper. */
function buildFolders(root: string): string[] {
  const usual = ['dist', 'build', 'out', 'public', '_site', 'www', '.output/public'];
  const projects = isFolder(join(root, 'dist')) ? readdirSync(join(root, 'dist')).sort() : [];
  return [...usual, ...projects.map((project) => `dist/${project}/browser`)];
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
