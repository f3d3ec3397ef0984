import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Outcome } from '../model/outcome.ts';
import type { RemoteObject } from '../model/snapshot.ts';
import { channelKeys } from '../model/state-keys.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';
import { unnamedVersions } from '../plan/retention/unnamed-versions.ts';
import type { DeployOptions } from './deploy-options.ts';
import type { PreparedDeploy } from './prepare-deploy.ts';
import { findRelease } from './read-release.ts';
import { readManifest } from './take-snapshot.ts';

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
  const dropped = await readReleases(prepared, doomed.map(idOf));
  const kept = manifest.releases.filter((id) => id !== manifest.release);
  const versions = unnamedVersions(dropped, {
    ...{ manifest, objects: prepared.snapshot.objects },
    releases: await readReleases(prepared, kept),
    deleted: new Set(prepared.plan.changes.filter(({ kind }) => kind === 'delete').map(keyOf)),
  });
  throwFirst(await store.removeVersions(versions));
  throwFirst(await store.remove(doomed));
}

const idOf = ({ key }: RemoteObject): string => key.slice(key.lastIndexOf('/') + 1);

function listReleases({ wired: { store, target } }: PreparedDeploy): Promise<readonly RemoteObject[]> {
  const folder = channelKeys(target.channel).release('');
  // `0` follows `/`: everything in the folder, and nothing else.
  return store.list({ after: folder, through: `${folder.slice(0, -1)}0` });
}

/** One after the other: a release of a large site is large. Throws where one cannot be read: it may name anything. */
async function readReleases(
  { wired: { store, target } }: PreparedDeploy,
  ids: readonly string[],
): Promise<readonly Manifest[]> {
  const found: Manifest[] = [];
  for (const id of ids) {
    const release = await findRelease(store, target.channel, id);
    if (release !== undefined) found.push(release.value);
  }
  return found;
}

function throwFirst(
  failures: readonly { readonly key: string; readonly code: string; readonly message: string }[],
): void {
  const [first] = failures;
  if (first === undefined) return;
  throw new CdnpubError('E_PARTIAL', {
    message: `${first.key} could not be deleted: ${first.message} (${first.code})`,
  });
}
