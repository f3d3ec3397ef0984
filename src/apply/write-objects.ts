import { type Asset, isReleased } from '../model/asset.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Change } from '../model/plan.ts';
import type { Body, WriteResult } from '../model/ports.ts';
import { objectTags } from '../plan/assets/object-tags.ts';
import { conditionOf } from './condition-of.ts';
import { forEachLimited } from './for-each-limited.ts';
import { restoreObject } from './restore-object.ts';
import type { Run } from './run.ts';

type WriteChange = Extract<Change, { kind: 'add' | 'change' | 'headers' }>;

/** Bytes of files in memory at once; a large file is read part by part and holds a few parts at most. */
const heldBytes = 64 * 1_048_576;
const mostHeldOfOne = 32 * 1_048_576;

/** Writes the objects of one wave in parallel. Throws the first failure; all failed keys are noted in the run. */
export async function writeObjects(run: Run, changes: readonly Change[]): Promise<void> {
  const writes = changes.filter((change): change is WriteChange => 'asset' in change && change.kind !== 'keep');
  const limit = { tasks: run.options.concurrency, bytes: heldBytes, bytesOf: heldBy };
  await forEachLimited(writes, limit, async (change) => {
    try {
      await writeObject(run, change);
    } catch (error) {
      noteFailure(run, change.asset.key, error);
      throw error;
    }
  });
}

/** A copy is made by the service: nothing of it is held here. */
const heldBy = ({ kind, asset }: WriteChange): number =>
  kind === 'headers' || isReleased(asset) ? 0 : Math.min(asset.size, mostHeldOfOne);

async function writeObject(run: Run, change: WriteChange): Promise<void> {
  const { asset } = change;
  run.touched = true;
  const result = await write(run, change);
  if (result.kind === 'conflict') throw conflictError(change);
  run.written.set(asset.key, { etag: result.etag, versionId: result.versionId });
  if (change.kind !== 'add') run.lastChangeAtMs = run.ports.clock.now();
  const bytes = change.kind === 'headers' ? 0 : asset.size;
  run.uploadedBytes += isReleased(asset) ? 0 : bytes;
  run.ports.notify({ kind: 'advanced', phase: 'upload', name: asset.key, bytes });
}

function write(run: Run, change: WriteChange): Promise<WriteResult> {
  if (isReleased(change.asset)) return restoreObject(run, change, change.asset);
  return change.kind === 'headers' ? rewrite(run, change) : upload(run, change);
}

function rewrite({ ports, plan }: Run, change: Extract<WriteChange, { kind: 'headers' }>): Promise<WriteResult> {
  const { key, sha256, headers, size } = change.asset;
  return ports.store.rewriteHeaders({ key, sha256, headers, size, etag: change.etag, tags: tagsOf(plan, change) });
}

async function upload({ ports, plan }: Run, change: Exclude<WriteChange, { kind: 'headers' }>): Promise<WriteResult> {
  const { key, sha256, headers } = change.asset;
  const body = await openBody(ports.openAsset, change.asset);
  return ports.store.put({ key, body, sha256, headers, condition: conditionOf(change), tags: tagsOf(plan, change) });
}

/** Stored from the first deploy on, whether the distribution reads them yet or not: later they cannot be had for nothing. */
const tagsOf = ({ target }: Run['plan'], { asset }: WriteChange): readonly string[] =>
  target.cdn ? objectTags(asset.key, asset.class) : [];

async function openBody(openAsset: Run['ports']['openAsset'], asset: Asset): Promise<Body> {
  const body = await openAsset(asset);
  if (body.kind === 'bytes' || body.kind === 'stream') return body;
  throw new CdnpubError('E_PARTIAL', {
    message: `${asset.source} ${body.kind === 'vanished' ? 'vanished' : 'changed'} while it was published`,
    hints: ['run the same command again when the build is finished'],
  });
}

/** The object is not what the plan saw: somebody else writes here too. */
function conflictError(change: WriteChange): CdnpubError {
  const { key } = change.asset;
  const hints = ['run the same command again: it plans anew'];
  return change.kind === 'add'
    ? new CdnpubError('E_FOREIGN_OBJECT', {
        message: `${key} appeared in the bucket after this deploy was planned`,
        hints,
      })
    : new CdnpubError('E_STALE', {
        message: `${key} was changed by somebody else after this deploy was planned`,
        hints,
      });
}

function noteFailure(run: Run, key: string, error: unknown): void {
  const known = error instanceof CdnpubError;
  const message = error instanceof Error ? error.message : String(error);
  run.failed.push({ key, code: known ? error.code : 'bug', message });
}
