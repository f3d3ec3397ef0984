import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Change } from '../model/plan.ts';
import type { Run } from './run.ts';

/** Deletes the objects of one wave, each only if it is still what the plan saw. */
export async function removeObjects(run: Run, changes: readonly Change[]): Promise<void> {
  const objects = changes
    .filter((change) => change.kind === 'delete')
    .map(({ entry, etag }) => ({ key: entry.key, etag }));
  if (objects.length === 0) return;
  run.touched = true;
  const failures = await run.ports.store.remove(objects);
  run.lastChangeAtMs = run.ports.clock.now();
  const failed = new Set(failures.map(({ key }) => key));
  for (const { key } of objects) {
    if (!failed.has(key)) run.ports.notify({ kind: 'advanced', phase: 'delete', name: key, bytes: 0 });
  }
  run.failed.push(...failures);
  if (failures[0] !== undefined) throw removalError(failures[0], failures.length);
}

function removalError(
  first: { readonly key: string; readonly code: string; readonly message: string },
  count: number,
): CdnpubError {
  const others = count === 1 ? '' : ` and ${count - 1} more`;
  if (first.code === 'PreconditionFailed') {
    return new CdnpubError('E_STALE', {
      message: `${first.key}${others} changed after this deploy was planned and was not deleted`,
      hints: ['run the same command again: it plans anew'],
    });
  }
  if (first.code === 'AccessDenied') {
    return new CdnpubError('E_PERMISSION', {
      message: `${first.message}${others}`,
      hints: ['allow s3:DeleteObject on the bucket, then deploy again'],
      details: { action: 's3:DeleteObject', resource: first.key },
    });
  }
  return new CdnpubError('E_PARTIAL', {
    message: `${first.key}${others} could not be deleted: ${first.message} (${first.code})`,
    hints: ['run the same command again'],
  });
}
