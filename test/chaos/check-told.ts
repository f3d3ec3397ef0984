import { expect } from 'vitest';
import { exitCodeOf } from '../../src/model/error-code.ts';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import type { ReadSite } from './read-state.ts';

/** Checks that what a deploy said of itself is true of the site before and after it. */
export function checkTold(
  result: DeployResult,
  { before, after }: { readonly before: ReadSite; readonly after: ReadSite },
): void {
  const { error } = result;
  if (error === undefined) expect(result).toMatchObject({ ok: true, exit: 0 });
  else {
    expect(Object.keys(exitCodeOf)).toContain(error.code);
    expect(error.message).not.toBe('');
    expect(result.ok).toBe(false);
  }
  if (error === undefined && result.changed) expect(result.state).toBe('live');
  if (result.state === 'live') expect(after.manifest.release).toBe(result.release);
  if (result.state === 'unchanged') expect(after.state.objects).toEqual(before.state.objects);
}
