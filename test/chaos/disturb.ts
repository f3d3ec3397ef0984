import { expect } from 'vitest';
import type { DeployOptions } from '../../src/app/deploy-options.ts';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { checkRecovered } from './check-recovered.ts';
import { checkTold } from './check-told.ts';
import { findStale } from './find-stale.ts';
import { mutateAll } from './mutate-site.ts';
import { openWorld, type World, type WorldOptions } from './open-world.ts';
import { createRandom } from './random.ts';
import { readSite } from './read-state.ts';
import { type Build, renderSite } from './render-site.ts';
import { firstSite } from './site-model.ts';
import { count, measure } from './tally.ts';
import { undisturbed } from './undisturbed.ts';
import { visitAll } from './visit.ts';

/** A deploy whose requests go wrong, and what came of it. */
export interface Disturbed {
  readonly result: DeployResult;
  /** Requests that it sent, and those of an undisturbed one. */
  readonly requests: number;
  readonly undisturbed: number;
}

/** Sets faults up. */
export type Disturb = (world: World) => Promise<Disturbance>;

interface Disturbance {
  /** How the deploy reaches the cloud. */
  readonly given?: Partial<DeployOptions>;
  /** Virtual milliseconds a real one. */
  readonly speed?: number;
  end(): Promise<void>;
}

/** Requests of a disturbed deploy for each of an undisturbed one, at most. */
export const effortAtMost = 12;

/** Longer than a lease and than any request that lands late. */
const settleMs = 151_000;

/**
 * Deploys once while requests go wrong, then once more in peace. The first ends well or says what became of it; after
 * the second everything is as if nothing had happened.
 */
export async function disturbDeploy(options: WorldOptions, disturb: Disturb): Promise<Disturbed> {
  const [one, two] = [firstSite, mutateAll(firstSite, createRandom(1), 2)].map(renderSite) as [Build, Build];
  const reference = await undisturbed([
    { kind: 'deploy', build: one },
    { kind: 'deploy', build: two },
  ]);
  const keys = [one, two].flatMap(({ files }) => Object.keys(files));
  const world = await openWorld(options);
  try {
    expect((await world.deploy(one)).error).toBeUndefined();
    const before = await readSite(world);
    await world.time.advance(10_000);
    await visitAll(world, before.domain, keys);
    const { next } = await world.requests();
    const faults = await disturb(world);
    const stop = world.time.flow(faults.speed ?? flowSpeed);
    const result = await world.deploy(two, faults.given).finally(stop);
    const { requests } = await world.requests(next);
    await faults.end();
    await world.time.advance(settleMs);
    const after = await readSite(world);
    count('disturbed deploys');
    count(result.ok ? 'went through' : 'stopped and told');
    measure('most effort', requests.length / reference.requests);
    checkTold(result, { before, after });
    if (result.ok) {
      expect(after.state.objects).toEqual(reference.state.objects);
      expect(await findStale(world, after, keys)).toEqual([]);
    }
    await checkRecovered(world, await world.deploy(two), {
      again: () => world.deploy(two),
      states: [reference.state],
      keys,
    });
    return { result, requests: requests.length, undisturbed: reference.requests };
  } finally {
    await world.close();
  }
}

/** What a slow service takes must pass although the deploy does not wait for it. */
const flowSpeed = 20;
