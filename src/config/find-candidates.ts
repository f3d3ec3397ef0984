import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { findWorkspaces } from './find-workspaces.ts';
import { chooseOutput } from './frameworks/choose-output.ts';
import { detectOutput } from './frameworks/detect-output.ts';
import { detectProject } from './frameworks/detect-project.ts';
import type { Framework } from './frameworks/framework.ts';
import type { Project } from './frameworks/project.ts';
import { singlePage } from './frameworks/single-page.ts';
import { readProject, usualOutputs } from './read-project.ts';

/** A build that may be what is to be published. */
export interface Candidate {
  /** The generator; undefined where nothing tells one. */
  readonly framework: Framework | undefined;
  /** Folder of the build, relative to the folder that was looked at. */
  readonly dir: string;
  readonly isBuilt: boolean;
  /** Key of the page that draws all others, or null. */
  readonly spa: string | null;
  /** What has to be done before a static site comes out; undefined where nothing has. */
  readonly otherwise: string | undefined;
}

/**
 * The builds that a folder may want published, the likeliest first: those of the generators of the folder itself, else of
 * the packages of its workspace, else of a folder that builds are usually written to. Never empty.
 */
export async function findCandidates(cwd: string): Promise<readonly [Candidate, ...Candidate[]]> {
  const own = await candidatesIn(cwd, '');
  if (own[0] !== undefined) return [own[0], ...own.slice(1)];
  const inPackages = await Promise.all((await findWorkspaces(cwd)).map((folder) => candidatesIn(cwd, `${folder}/`)));
  const [first, ...rest] = inPackages.flat();
  if (first !== undefined) return [first, ...rest];
  const { builds } = await readProject(cwd);
  const dir = usualOutputs.find((name) => builds.includes(name)) ?? builds[0] ?? plainFolder(cwd);
  return [await describeBuild(cwd, dir, undefined, undefined)];
}

/** Pages that are published as they were written. */
const plainFolder = (cwd: string): string =>
  existsSync(join(cwd, 'index.html')) && !existsSync(join(cwd, 'package.json')) ? '.' : 'dist';

async function candidatesIn(cwd: string, folder: string): Promise<Candidate[]> {
  const { project, builds } = await readProject(join(cwd, folder));
  return Promise.all(
    detectProject(project).map(({ framework }) =>
      describeBuild(cwd, folder + chooseOutput(framework, project, builds), framework, project),
    ),
  );
}

async function describeBuild(
  cwd: string,
  dir: string,
  framework: Framework | undefined,
  project: Project | undefined,
): Promise<Candidate> {
  const files = await fastGlob('**/*', { cwd: join(cwd, dir), suppressErrors: true, ignore: ['**/node_modules/**'] });
  const build = { files, indexHead: headOf(join(cwd, dir, 'index.html')) };
  const isBuilt = files.some((path) => /^[^/]+\.html$/.test(path));
  const known = framework ?? (isBuilt ? detectOutput(build) : undefined);
  const unbuilt = known?.app === 'single' ? 'index.html' : null;
  return {
    framework: known,
    dir,
    isBuilt,
    spa: isBuilt ? singlePage(build, known) : unbuilt,
    otherwise: project === undefined || isBuilt ? undefined : missingNeed(known, project),
  };
}

function missingNeed(framework: Framework | undefined, { texts }: Project): string | undefined {
  const needs = framework?.needs;
  if (needs === undefined) return undefined;
  const isMet = Object.entries(texts).some(([path, text]) => needs.file.test(path) && needs.holds.test(text));
  return isMet ? undefined : needs.otherwise;
}

const headBytes = 16_384;

function headOf(file: string): string {
  try {
    const fd = openSync(file, 'r');
    try {
      const buffer = Buffer.alloc(headBytes);
      return buffer.toString('utf8', 0, readSync(fd, buffer, 0, headBytes, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
