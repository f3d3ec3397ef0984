import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Candidate, findBuild } from './find-build.ts';
import { findWorkspaces } from './find-workspaces.ts';
import { chooseOutput } from './frameworks/choose-output.ts';
import { detectProject } from './frameworks/detect-project.ts';
import { readProject, usualOutputs } from './read-project.ts';

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
  return [await findBuild(cwd, dir)];
}

/** Pages that are published as they were written. */
const plainFolder = (cwd: string): string =>
  existsSync(join(cwd, 'index.html')) && !existsSync(join(cwd, 'package.json')) ? '.' : 'dist';

async function candidatesIn(cwd: string, folder: string): Promise<Candidate[]> {
  const { project, builds } = await readProject(join(cwd, folder));
  return Promise.all(
    detectProject(project).map(({ framework }) =>
      findBuild(cwd, folder + chooseOutput(framework, project, builds), framework, project),
    ),
  );
}
