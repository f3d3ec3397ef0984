import { openWorld } from './open-world.ts';
import { readSite, type SiteState } from './read-state.ts';
import type { Build } from './render-site.ts';

interface Undisturbed {
  readonly state: SiteState;
  readonly requests: number;
}

const known = new Map<string, Promise<Undisturbed>>();

/** What deploys of these builds, one after the other and undisturbed, leave, and how many requests the last one sends. */
export function undisturbed(builds: readonly Build[]): Promise<Undisturbed> {
  const name = JSON.stringify(builds);
  const found = known.get(name) ?? deployAll(builds);
  known.set(name, found);
  return found;
}

async function deployAll(builds: readonly Build[]): Promise<Undisturbed> {
  const world = await openWorld({ seed: 1 });
  try {
    let next = 0;
    for (const build of builds) {
      next = (await world.requests()).next;
      const { error } = await world.deploy(build);
      if (error !== undefined) throw new Error(`${error.code}: ${error.message}`);
    }
    const { length: requests } = (await world.requests(next)).requests;
    return { state: (await readSite(world)).state, requests };
  } finally {
    await world.close();
  }
}
