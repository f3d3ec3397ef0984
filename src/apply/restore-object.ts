import type { ReleasedAsset } from '../model/asset.ts';
import type { Change } from '../model/plan.ts';
import type { WriteResult } from '../model/ports.ts';
import { conditionOf } from './condition-of.ts';
import type { Run } from './run.ts';

/** Brings the version of a kept release back: the service copies its bytes and headers, only over what the plan saw. */
export function restoreObject(
  { ports }: Run,
  change: Extract<Change, { kind: 'add' | 'change' | 'headers' }>,
  { key, versionId, etag, sha256, headers, size }: ReleasedAsset,
): Promise<WriteResult> {
  if (versionId === null) throw new Error(`${key} was planned to be brought back and has no version`);
  return ports.store.copyVersion({ key, versionId, etag, sha256, headers, size, condition: conditionOf(change) });
}
