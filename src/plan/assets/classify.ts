import type { AssetClass } from '../../model/asset.ts';
import type { NamingRules } from '../../model/naming-rules.ts';
import { isPageKey } from '../page-key.ts';
import { isFingerprinted } from './fingerprint.ts';

/** Keys of the pages that a viewer meets first; `spa` is null where the site is no single-page application. */
export interface EntryKeys {
  readonly spa: string | null;
  readonly notFound: string;
  /** Folder of the build among the keys: empty, or ending in `/`. */
  readonly basePath?: string;
}

/** Names of which nothing is known but what they show. */
const plainNames: NamingRules = { fingerprinted: [], mutable: [] };

/** What a file is to a deploy; see `AssetClass`. The name decides, by itself and by its generator's rules. */
export function classify(key: string, entries: EntryKeys, naming: NamingRules = plainNames): AssetClass {
  const { spa, notFound, basePath = '' } = entries;
  if (key === `${basePath}index.html` || key === spa || key === notFound) return 'entry';
  if (isPageKey(key)) return 'page';
  if (isPointer(key)) return 'pointer';
  const name = key.startsWith(basePath) ? key.slice(basePath.length) : key;
  if (naming.mutable.some((pattern) => pattern.test(name))) return 'other';
  return naming.fingerprinted.some((pattern) => pattern.test(name)) || isFingerprinted(key) ? 'fingerprinted' : 'other';
}

/**
 * Files that tell open tabs and installed apps of a new build. They go up when the build is complete everywhere, so what
 * a page loads to show itself is not among them: `registerSW.js` and `flutter_bootstrap.js` are ordinary scripts.
 */
function isPointer(key: string): boolean {
  if (/(?:^|\/)page-data\/app-data\.json$/.test(key)) return true; // Gatsby: the hash of the build
  const name = key.slice(key.lastIndexOf('/') + 1);
  return serviceWorker.test(name) || pointerNames.has(name);
}

/** `sw.js`, `firebase-messaging-sw.js`, `flutter_service_worker.js`; a name with a hash behind `sw` is a plain chunk. */
const serviceWorker = /^(?:.*[-_.])?(?:sw|service[-_]?worker)\.m?js$/i;

const pointerNames = new Set([
  'ngsw-worker.js',
  'ngsw.json',
  'safety-worker.js',
  'worker-basic.min.js',
  'OneSignalSDKWorker.js',
  'OneSignalSDKUpdaterWorker.js',
  'latest.json',
  'latest.yml',
  'latest-linux.yml',
  'latest-mac.yml',
  'version.json',
  'version.txt',
]);
