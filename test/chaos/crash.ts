import type { World } from './open-world.ts';
import type { Build } from './render-site.ts';
import { type ChildEnd, type ChildOptions, startChild } from './run-child.ts';

/** Where a deploy dies: at which of its requests, counted from 1, and whether the service still does what it asks. */
export interface CrashPoint {
  readonly index: number;
  readonly kill: 'before' | 'after';
}

/** Deploys a build in a process that is killed at a point; without a result where it was. */
export async function crash(world: World, build: Build, point: CrashPoint, options?: ChildOptions): Promise<ChildEnd> {
  const { index, kill } = point;
  await world.faults.setFaults([{ match: { index }, times: 1, do: { kill } }]);
  const child = startChild(world, build, options);
  world.onKill(async () => {
    child.process.kill('SIGKILL');
    await child.end;
  });
  const end = await child.end;
  await world.faults.clearFaults();
  return end;
}
