import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Cdn, Clock } from '../model/ports.ts';
import type { SiteRecord } from '../model/site-record.ts';
import { channelKeys, siteRecordKey } from '../model/state-keys.ts';
import { invalidationItems } from '../plan/invalidation/user-paths.ts';
import { decodeDocument } from '../plan/state/document-text.ts';
import { callId } from './ids.ts';
import { readManifest } from './read-manifest.ts';
import { notPublished } from './status.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';

export interface InvalidateOptions extends WireOptions {
  readonly paths: readonly string[];
  readonly waitTimeoutMs: number;
}

export interface InvalidateReport {
  readonly id: string;
  readonly distribution: string;
  readonly items: readonly string[];
  readonly completed: boolean;
}

/** CloudFront reports most invalidations Completed within 25 s; asked every 2 s. */
const pollMs = 2_000;

/** Makes edges forget the paths that a person typed. */
export async function invalidate(options: InvalidateOptions): Promise<InvalidateReport> {
  const wired = await wire(options);
  try {
    const { cdn, store, target } = wired;
    const [record, manifest] = await Promise.all([
      readRecord(wired),
      wired.bucketExists ? store.read(channelKeys(target.channel).manifest) : undefined,
    ]);
    if (record === undefined) throw notPublished(target.bucket, target.site);
    const id = target.distribution ?? record.distribution?.id;
    if (cdn === undefined || id === undefined) throw noDistribution(target.site);
    const published = manifest === undefined ? undefined : readManifest(manifest.bytes);
    // Where cdnpub's function does not make one spelling of each page's, what was typed is what edges go by.
    const keys = target.manage === 'all' ? published?.entries.keys() : undefined;
    const items = invalidationItems(options.paths, new Set(keys));
    const made = await cdn.invalidate(id, items, callId());
    const completed =
      made.completed ||
      (options.settings.wait &&
        (await waitFor(cdn, options.clock, { distribution: id, id: made.id, waitMs: options.waitTimeoutMs })));
    return { id: made.id, distribution: id, items, completed };
  } finally {
    wired.close();
  }
}

async function readRecord({ store, bucketExists }: Wired): Promise<SiteRecord | undefined> {
  const found = bucketExists ? await store.read(siteRecordKey) : undefined;
  return found === undefined
    ? undefined
    : decodeDocument<SiteRecord>(new TextDecoder().decode(found.bytes), 'the site record');
}

async function waitFor(
  cdn: Cdn,
  clock: Clock,
  wait: { readonly distribution: string; readonly id: string; readonly waitMs: number },
): Promise<boolean> {
  const end = clock.now() + wait.waitMs;
  for (let delay = 200; clock.now() < end; delay = Math.min(delay * 2, pollMs)) {
    await clock.sleep(delay);
    if ((await cdn.invalidation(wait.distribution, wait.id)).completed) return true;
  }
  return false;
}

const noDistribution = (site: string): CdnpubError =>
  new CdnpubError('E_CONFIG', {
    message: `${site} has no distribution: there is nothing to invalidate`,
    hints: ['cdnpub deploy DIR without --no-cdn makes one'],
  });
