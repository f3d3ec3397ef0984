import { isReleased, type ReleasedAsset } from '../../model/asset.ts';
import type { Manifest } from '../../model/manifest.ts';
import type { Plan, Refusal } from '../../model/plan.ts';
import type { ObjectHead } from '../../model/ports.ts';
import { isPending } from '../state/record-deferred.ts';

/** Files that a rollback copies from an earlier version of their object. */
export const filesToRestore = ({ changes }: Plan): readonly ReleasedAsset[] =>
  changes.flatMap((change) =>
    'asset' in change && change.kind !== 'keep' && isReleased(change.asset) ? [change.asset] : [],
  );

/**
 * What speaks against copying these files back: versions that were never kept, or that are gone. `heads` tells what
 * stands behind each key's version. undefined where nothing does.
 */
export function refuseUnrestorable(
  files: readonly ReleasedAsset[],
  heads: ReadonlyMap<string, ObjectHead>,
  release: Manifest,
): Refusal | undefined {
  const pending = files.filter(isPending);
  const unversioned = files.filter((file) => file.versionId === null && !isPending(file));
  const gone = files.filter((file) => file.versionId !== null && !isThere(file, heads.get(file.key)));
  const [found] = [
    { keys: pending, why: 'it was left unfinished by --no-wait, and no later deploy put up', hints: [] },
    { keys: unversioned, why: 'the bucket kept no version of', hints: [versioning] },
    { keys: gone, why: 'the bucket no longer has the version of', hints: [] },
  ].filter(({ keys }) => keys.length > 0);
  if (found === undefined) return undefined;
  return {
    code: 'E_STALE',
    message: `release ${release.release} cannot be brought back: ${found.why} ${named(found.keys)}`,
    hints: [again(release), ...found.hints, 'cdnpub releases    shows the others'],
  };
}

const versioning = 'turn versioning on for the bucket: releases from then on can be brought back';

const again = ({ run }: Manifest): string =>
  `cdnpub deploy DIR with that build${run.ci === null || run.ci.commit === '' ? '' : `, made of commit ${run.ci.commit}`}`;

const isThere = ({ etag, size }: ReleasedAsset, head: ObjectHead | undefined): boolean =>
  head !== undefined && head.etag === etag && head.size === size;

/** Names shown before the rest is counted. */
const shown = 10;

function named(files: readonly ReleasedAsset[]): string {
  const names = files.slice(0, shown).map(({ key }) => key);
  const more = files.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
