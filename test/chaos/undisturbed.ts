import { goOn } from './go-on.ts';
import type { Move, Releases } from './move.ts';
import { openWorld } from './open-world.ts';
import { readSite, type SiteState } from './read-state.ts';

interface Undisturbed {
  readonly state: SiteState;
  readonly requests: number;
}

const known = new Map<string, Promise<Undisturbed>>();

/** What these moves, one after the other and undisturbed, leave, and how many requests the last one sends. */
export function undisturbed(moves: readonly Move[]): Promise<Undisturbed> {
  const name = JSON.stringify(moves);
  const found = known.get(name) ?? makeAll(moves);
  known.set(name, found);
  return found;
}

async function makeAll(moves: readonly Move[]): Promise<Undisturbed> {
  const world = await openWorld({ seed: 1 });
  try {
    let next = 0;
    const releases: Releases = new Map();
    for (const move of moves) {
      next = (await world.requests()).next;
      const { error } = await goOn(world, move, releases);
      await world.time.advance(10_000);
      if (error !== undefined) throw new Error(`${error.code}: ${error.message}`);
    }
    const { length: requests } = (await world.requests(next)).requests;
    return { state: (await readSite(world)).state, requests };
  } finally {
    await world.close();
  }
}
