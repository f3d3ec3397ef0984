import type { Asset } from '../model/asset.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Plan } from '../model/plan.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { addBrokenLinks, type BrokenLink, type LinkingFile } from '../plan/links/broken-links.ts';
import { linkSite } from '../plan/links/link-site.ts';
import { pageUrl } from '../plan/links/page-url.ts';
import { tellBrokenLinks } from '../plan/links/tell-broken-links.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';
import type { Build } from './read-build.ts';

/** One file is in memory at a time; what is longer is no page that somebody wrote. */
const longestBytes = 4_000_000;
/** So that a first deploy of a very large site does not wait long for it; the pages of most sites are a fraction. */
const mostBytes = 24_000_000;

/** Links of the pages and style sheets that this plan adds or changes, and that nothing will answer once it is done. */
export async function checkLinks(
  plan: Plan,
  {
    snapshot,
    build,
  }: {
    readonly snapshot: Snapshot;
    readonly build: Build;
  },
): Promise<readonly Diagnostic[]> {
  const { inventory, edge } = build;
  const files = plan.changes.flatMap((change) =>
    (change.kind === 'add' || change.kind === 'change') && kindOf(change.asset) !== undefined ? [change.asset] : [],
  );
  if (files.length === 0) return [];
  const { readText } = await import('../site/read-text.ts');
  const site = linkSite({ keys: keysAfter(plan, snapshot), source: edge.source });
  const broken = new Map<string, BrokenLink>();
  let bytes = 0;
  let unread = 0;
  for (const asset of files) {
    const isTooMuch = asset.size > longestBytes || bytes + asset.size > mostBytes;
    const text = isTooMuch ? undefined : readText(inventory.root, asset.source);
    if (isTooMuch) unread += 1;
    if (text === undefined) continue;
    bytes += asset.size;
    addBrokenLinks(broken, linkingFile(asset, text, edge.source), site);
  }
  return [...tellBrokenLinks([...broken.values()], site), ...tellUnread(files, unread)];
}

/** What the bucket holds once the plan is carried out. */
function keysAfter({ changes }: Plan, { objects }: Snapshot): ReadonlySet<string> {
  const keys = new Set(objects.keys());
  for (const change of changes) {
    if (change.kind === 'delete') keys.delete(keyOf(change));
    else if ('asset' in change) keys.add(change.asset.key);
  }
  return keys;
}

function kindOf({ key, headers }: Asset): LinkingFile['kind'] | undefined {
  if (headers['content-encoding'] !== undefined) return undefined;
  if (/\.(?:html?|xhtml)$/i.test(key)) return 'page';
  return /\.css$/i.test(key) ? 'styles' : undefined;
}

function linkingFile(asset: Asset, text: string, source: Build['edge']['source']): LinkingFile {
  const isAnywhere = asset.key === source.notFound || asset.key === source.spa;
  const url = isAnywhere ? null : pageUrl(asset.key, source);
  return { source: asset.source, kind: kindOf(asset) ?? 'page', url, text };
}

const tellUnread = ([first]: readonly Asset[], unread: number): readonly Diagnostic[] =>
  first === undefined || unread === 0
    ? []
    : [
        {
          source: { file: first.source, line: null },
          level: 'notice',
          message: `links of ${unread} large files were not checked: ${longestBytes / 1e6} MB of one file and ${mostBytes / 1e6} MB of all are read`,
        },
      ];
