import type { DeployOptions } from '../../src/app/deploy-options.ts';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import type { World } from './open-world.ts';
import type { Build } from './render-site.ts';

/** One deploy or rollback of a history, and the build that is live when it has ended. */
export interface Move {
  readonly kind: 'deploy' | 'deploy without waiting' | 'rollback' | 'rollback that holds';
  readonly build: Build;
}

/** Ids of the releases that deploys have made, by build: where a rollback goes. */
export type Releases = Map<Build, string>;

/** Makes a move in this process, and notes the release where it is the first of its build. */
export async function makeMove(world: World, move: Move, releases: Releases): Promise<DeployResult> {
  const { release, ...given } = moveOptions(world, move, releases);
  const result =
    release === undefined ? await world.deploy(move.build, given) : await world.rollback(release, { ...given });
  if (result.state === 'live' && result.release !== null && !releases.has(move.build))
    releases.set(move.build, result.release);
  return result;
}

type MoveOptions = Partial<Pick<DeployOptions, 'settings'>> & { readonly release?: string; readonly hold?: boolean };

/** What a move asks for beyond its build. */
export function moveOptions(world: World, { kind, build }: Move, releases: Releases): MoveOptions {
  if (kind === 'deploy') return {};
  if (kind === 'deploy without waiting') return { settings: { ...world.place(build).settings, wait: false } };
  const release = releases.get(build);
  if (release === undefined) throw new Error('a build that was never live cannot come back');
  return { release, hold: kind === 'rollback that holds' };
}
