import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { describePlan, type SavedPlan } from '../plan/saved/describe-plan.ts';
import { parseSavedPlan } from '../plan/saved/parse-saved-plan.ts';
import { digest } from './digest.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';

/** Plans as files. */
export interface SavedPlanFile {
  /** Throws `E_USAGE` where there is no plan to read. */
  read(path: string): Promise<SavedPlan>;
  /** Throws `E_USAGE` where the file would be published, or cannot be written. */
  write(path: string, prepared: PreparedDeploy): Promise<void>;
}

export const savedPlanFile: SavedPlanFile = {
  async read(path) {
    const text = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw unusable(`${path} cannot be read`, cause);
    });
    return parseSavedPlan(text, path);
  },
  async write(path, prepared) {
    const within = relative(resolve(prepared.build.inventory.root), resolve(path));
    if (within !== '..' && !within.startsWith(`..${sep}`)) {
      throw unusable(`${path} lies in the build, and the next deploy would publish it`);
    }
    await writeFile(path, `${JSON.stringify(savedPlan(prepared), null, 2)}\n`).catch((cause: unknown) => {
      throw unusable(`${path} cannot be written`, cause);
    });
  },
};

/** What a prepared deploy would do, as it is put down. */
export const savedPlan = ({ plan, snapshot, build: { inventory } }: PreparedDeploy): SavedPlan =>
  describePlan({ plan, snapshot, inventory, digest });

const unusable = (message: string, cause?: unknown): CdnpubError =>
  new CdnpubError('E_USAGE', { message, hints: ['name another file'], cause });
