import { forEachLimited } from '../apply/for-each-limited.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RemoteObject } from '../model/snapshot.ts';
import { channelKeys } from '../model/state-keys.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';
import { unnamedVersions } from '../plan/retention/unnamed-versions.ts';
import type { DeployOptions } from './deploy-options.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { readManifest } from './read-manifest.ts';
import { findRelease } from './read-release.ts';

/**
 * Drops the releases that a finished deploy pushed past the number that is kept: first the exact versions that nothing
 * kept names, then the release itself, so that what fails is found by the next deploy. The deploy is done by then: a
 * failure is a warning.
 */
export async function dropReleases(
  prepared: PreparedDeploy,
  outcome: Outcome,
  { settings }: DeployOptions,
): Promise<Outcome> {
  const before = prepared.snapshot.manifest?.releases.length ?? 0;
  if (outcome.state !== 'live' || before < settings.retention.releases) return outcome;
  try {
    await drop(prepared);
    return outcome;
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
    const warning = `old releases could not be dropped, the next deploy tries again: ${error.message}`;
    return { ...outcome, warnings: [...outcome.warnings, warning] };
  }
}

async function drop(prepared: PreparedDeploy): Promise<void> {
  const { store, target } = prepared.wired;
  const keys = channelKeys(target.channel);
  const [found, listed] = await Promise.all([store.read(keys.manifest), listReleases(prepared)]);
  const manifest = found === undefined ? undefined : readManifest(found.bytes);
  if (manifest === undefined) return;
  const doomed = listed.filter(({ key }) => !manifest.releases.some((id) => keys.release(id) === key));
  if (doomed.length === 0) return;
  const dropped = await readReleases(prepared, doomed.map(idOf), orNothing);
  const known = {
    ...{ manifest, objects: prepared.snapshot.objects },
    deleted: new Set(prepared.plan.changes.filter(({ kind }) => kind === 'delete').map(keyOf)),
  };
  const kept = manifest.releases.filter((id) => id !== manifest.release);
  const none = unnamedVersions(dropped, { ...known, releases: [] }).length === 0;
  const releases = none ? [] : await readReleases(prepared, kept);
  const versions = unnamedVersions(dropped, { ...known, releases });
  throwFirst(await store.removeVersions(versions));
  throwFirst(await store.remove(doomed));
}

const idOf = ({ key }: RemoteObject): string => key.slice(key.lastIndexOf('/') + 1);

function listReleases({ wired: { store, target } }: PreparedDeploy): Promise<readonly RemoteObject[]> {
  const folder = channelKeys(target.channel).release('');
  // `0` follows `/`: everything in the folder, and nothing else.
  return store.list({ after: folder, through: `${folder.slice(0, -1)}0` });
}

/** A release of a large site is large: few at once. */
const readsAtOnce = 4;

type OnGarbled = (error: unknown) => undefined;

/** Throws where a record cannot be read, as it may name anything, unless told otherwise. */
async function readReleases(
  { wired: { store, target } }: PreparedDeploy,
  ids: readonly string[],
  onGarbled?: OnGarbled,
): Promise<readonly Manifest[]> {
  const found: Manifest[] = [];
  await forEachLimited(ids, readsAtOnce, async (id) => {
    const release = await findRelease(store, target.channel, id).catch(onGarbled);
    if (release !== undefined) found.push(release.value);
  });
  return found;
}

/** A dropped record that is garbled tells of nothing that could be deleted; it goes alone. */
const orNothing: OnGarbled = (error) => {
  if (error instanceof CdnpubError && error.code === 'E_STALE') return undefined;
  throw error;
};

function throwFirst(
  failures: readonly { readonly key: string; readonly code: string; readonly message: string }[],
): void {
  const [first] = failures;
  if (first === undefined) return;
  throw new CdnpubError('E_PARTIAL', {
    message: `${first.key} could not be deleted: ${first.message} (${first.code})`,
  });
}
