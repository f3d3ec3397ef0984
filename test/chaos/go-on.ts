import { expect } from 'vitest';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { writesOf } from '../support/request-log.ts';
import { type Move, makeMove, type Releases } from './move.ts';
import type { World } from './open-world.ts';

/** Makes a move. Where a rollback holds the site, nothing is written until it is resumed; then the move comes through. */
export async function goOn(world: World, move: Move, releases: Releases): Promise<DeployResult> {
  const { next } = await world.requests();
  const result = await makeMove(world, move, releases);
  if (result.error?.code !== 'E_HELD') return result;
  expect(writesOf((await world.requests(next)).requests)).toEqual([]);
  expect(await world.resume()).toMatchObject({ changed: true });
  return makeMove(world, move, releases);
}
