import { expect } from 'vitest';
import { channelKeys } from '../../src/model/state-keys.ts';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { writesOf } from '../support/request-log.ts';
import { findStale } from './find-stale.ts';
import type { World } from './open-world.ts';
import { type ReadSite, readSite, type SiteState } from './read-state.ts';
import { count } from './tally.ts';

/** What must be true of a site whose last deploy ended well, whatever died before it. */
export interface Expected {
  /** Repeats the last move: there must be nothing left to do. */
  readonly again: () => Promise<DeployResult>;
  /** The states that undisturbed deploys leave; a run that died behind its commit has happened, else it has not. */
  readonly states: readonly SiteState[];
  /** Every key that any build ever had. */
  readonly keys: Iterable<string>;
  /** Objects of somebody else, by key, with the version that must still be there. */
  readonly theirs?: ReadonlyMap<string, string>;
}

/** Checks state, edges and that there is nothing left to do. */
export async function checkRecovered(world: World, result: DeployResult, expected: Expected): Promise<ReadSite> {
  const { theirs = new Map<string, string>() } = expected;
  expect(result.error).toBeUndefined();
  const site = await readSite(world);
  // A deploy with nothing to do takes no lock, and leaves that of a dead run to run out.
  expect(site.faults.filter((fault) => result.changed || fault !== lockIsLeft)).toEqual([]);
  const differences = expected.states.map((state) => differ(state, site.state, theirs));
  count('mixed', differences.some(({ length }) => length === 0) ? 0 : 1);
  count('lost', [...theirs].filter(([key, versionId]) => site.bucket.get(key)?.versionId !== versionId).length);
  if (!differences.some(({ length }) => length === 0)) expect(differences[0]).toEqual([]);
  for (const [key, versionId] of theirs) expect([key, site.bucket.get(key)?.versionId]).toEqual([key, versionId]);
  await world.time.advance(settleMs);
  expect(await findStale(world, site, expected.keys)).toEqual([]);
  const { next } = await world.requests();
  expect(await expected.again()).toMatchObject({ ok: true, changed: false });
  expect(writesOf((await world.requests(next)).requests)).toEqual([]);
  return site;
}

export const lockIsLeft = `${channelKeys('live').lock} is left`;

/** A function or a distribution that was changed is everywhere by then; invalidations were waited for. */
const settleMs = 10_000;

/** What of a state is not as it should be, a line each. */
function differ(wanted: SiteState, found: SiteState, theirs: ReadonlyMap<string, string>): readonly string[] {
  const [from, to] = [linesOf(wanted), linesOf(found)];
  const ours = [...new Set([...from.keys(), ...to.keys()])].filter((name) => !theirs.has(name.replace('objects ', '')));
  return ours
    .filter((name) => from.get(name) !== to.get(name))
    .map((name) => `${name}: ${to.get(name)} where ${from.get(name)} is right`);
}

const linesOf = (state: SiteState): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(state).flatMap(([part, value]: [string, string | Readonly<Record<string, string | number>>]) =>
      typeof value === 'string'
        ? [[part, value] as const]
        : Object.entries(value).map(([name, inner]) => [`${part} ${name}`, String(inner)] as const),
    ),
  );
