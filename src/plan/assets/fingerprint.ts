import { isBase32Digest, isBase64Digest, isHexDigest, type TokenPlace, type Trust } from './hash-token.ts';

/**
 * Whether the name of a file carries a hash of its content, so that the object under it never changes and browsers may
 * keep it for a year. When in doubt it does not: a missed hash costs a revalidation, a wrong one cannot be taken back.
 * A folder alone is no proof: plain names under `_next/static/` and `_app/immutable/` are rewritten in place.
 */
export function isFingerprinted(key: string): boolean {
  const slash = key.lastIndexOf('/');
  const folder = key.slice(0, slash + 1);
  const name = key.slice(slash + 1).replace(/\.(?:br|gz)$/, '');
  const dot = name.lastIndexOf('.');
  if (dot < 1) return false;
  const extension = name.slice(dot + 1).toLowerCase();
  const place = placeOf(folder, extension);
  if (neverHashed.has(extension) || (extension === 'json' && place.trust === 'none')) return false;
  if (/\.hot-update\./.test(name)) return false;
  return isHashedByFolder(key) || hasHashedStem(stripKind(name.slice(0, dot)), place) || hasOwnShape(key, name);
}

/** Pages and texts are never named by hash; a source map carries the hash of its script, not its own. */
const neverHashed = new Set('html htm xhtml xml txt md rss atom map webmanifest manifest appcache'.split(' '));

/** Folders that only a bundler writes to. */
const bundlerFolders =
  /(?:^|\/)(?:_astro|_app\/immutable|_nuxt|_next\/static|_build\/assets|_expo\/static|_observablehq|_import|_file|_npm)\//;

/** Folders that bundlers share with files which are copied as they are. */
const sharedFolders = /(?:^|\/)(?:assets|_assets|static|media|build|chunks|js|css|fonts)\//;

const placeOf = (folder: string, extension: string): TokenPlace => ({
  trust: trustOf(folder),
  code: /^(?:[cm]?js|css|wasm)$/.test(extension),
  // Next.js hashes in hexadecimal only, and keeps the names of pages: `pages/HomePage.js`.
  hexOnly: /(?:^|\/)_next\/static\//.test(folder),
});

function trustOf(folder: string): Trust {
  if (bundlerFolders.test(folder)) return 'bundler';
  return sharedFolders.test(folder) ? 'shared' : 'none';
}

/** Takes away what bundlers write behind the hash: `main.1a2b3c4d.min.js`, `guide.md.1a2b3c4d.lean.js`, `app-…_bg.wasm`. */
const stripKind = (stem: string): string =>
  stem.replace(/(?:\.(?:min|chunk|bundle|iframe|lean|entry|esm|module|worker))+$/, '').replace(/_bg$/, '');

function hasHashedStem(stem: string, place: TokenPlace): boolean {
  if (/(?:^|[^0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(stem)) return false; // a UUID names a record
  return isHashAfterName(stem, place) || isBareHash(stem, place);
}

function isHashAfterName(stem: string, place: TokenPlace): boolean {
  const [, hex = ''] = /[.-]([0-9a-f]+)$/.exec(stem) ?? [];
  if (isHexDigest(hex, place)) return true;
  const [, name = '', eight = ''] = /^(.+)[.-]([\w-]{8})$/.exec(stem) ?? [];
  return isBase32Digest(eight, name, place) || isBase64Digest(eight, place);
}

/** A name that is nothing but a hash: `_nuxt/DzK3x_9a.js`, `_next/static/chunks/0123456789abcdef.js`. */
function isBareHash(stem: string, place: TokenPlace): boolean {
  if (place.trust === 'none') return false;
  if (stem.length >= 16 && isHexDigest(stem, place)) return true;
  return place.trust === 'bundler' && place.code && isBase64Digest(stem, place);
}

/** Folders whose own name is an id made per content or per build: Gatsby's digests, Next.js' random build id. */
function isHashedByFolder(key: string): boolean {
  if (/(?:^|\/)static\/[0-9a-f]{32}\//.test(key)) return true;
  const [, buildId = ''] = /(?:^|\/)_next\/static\/([\w-]{21})\//.exec(key) ?? [];
  return /[A-Z]/.test(buildId) && /[a-z]/.test(buildId) && /\d/.test(buildId);
}

/** Shapes of single generators: Hugo images, Pagefind, Astro images, Next.js fonts, Docusaurus images, .NET, Qwik, Nuxt. */
const ownShapes: readonly RegExp[] = [
  /_hu_?[0-9a-f]{12,}(?:_[^/]*)?\.\w+$/,
  /_[0-9a-f]{7,}\.pf_(?:fragment|index|meta|filter)$/,
  /(?:^|\/)_astro\/[^/]+\.(?=[^/]*[A-Z])(?=[^/]*[a-z])[\w-]{8}_[A-Za-z0-9]{3,8}\.\w+$/,
  /(?:^|\/)_next\/static\/media\/[0-9a-f]{16}-s(?:\.p)?\.\w+$/,
  /(?:^|\/)ideal-img\/[^/]+\.(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{7}\.\d+\.\w+$/,
  /(?:^|\/)_framework\/[^/]+\.(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{10}\.\w+$/,
  /(?:^|\/)build\/q-(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{8}\.(?:js|css)$/,
  /(?:^|\/)_nuxt\/builds\/meta\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/,
];

const hasOwnShape = (key: string, name: string): boolean => {
  const plain = key.slice(0, key.lastIndexOf('/') + 1) + name;
  return ownShapes.some((shape) => shape.test(plain));
};
