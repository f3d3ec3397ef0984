import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';
import { detectOutput } from './frameworks/detect-output.ts';
import type { Framework } from './frameworks/framework.ts';
import type { Project } from './frameworks/project.ts';
import { singlePage } from './frameworks/single-page.ts';

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

/** Looks at the build in a folder, relative to another; what its project does not tell of it, it tells itself. */
export async function findBuild(
  cwd: string,
  dir: string,
  framework?: Framework,
  project?: Project,
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
