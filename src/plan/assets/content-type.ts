import mime from 'mime-types';

export interface ContentType {
  readonly contentType: string;
  /** `gzip` or `br` where the stored bytes are compressed and nothing serves the plain file. */
  readonly contentEncoding: string | null;
}

/** What a name alone does not tell. */
export interface Neighbours {
  /** Whether the build holds this key. */
  has(key: string): boolean;
  /** Whether the folder (empty, or ending in `/`) or one above it holds a playlist (`.m3u8`). */
  isStream(folder: string): boolean;
}

/**
 * The type under which a key is served, by its name: mime-types with corrections, `charset=utf-8` on all that is text.
 * What has no known type is `application/octet-stream`: never HTML, which a browser would run. `packed` tells that the
 * bytes are gzip: a text under its plain name is then unpacked by browsers.
 */
export function contentTypeOf(key: string, neighbours: Neighbours, packed: 'gzip' | null = null): ContentType {
  const name = key.slice(key.lastIndexOf('/') + 1);
  if (/\.svgz$/i.test(name)) return { contentType: 'image/svg+xml; charset=utf-8', contentEncoding: 'gzip' };
  const [, plainName = '', suffix = ''] = /^(.+)\.(gz|br)$/i.exec(name) ?? [];
  if (suffix !== '') return compressedType(key, plainName, suffix.toLowerCase(), neighbours);
  const contentType = plainType(key, name, neighbours);
  return { contentType, contentEncoding: contentType.endsWith(charset) || isCode(contentType) ? packed : null };
}

const isCode = (contentType: string): boolean => contentType === 'application/wasm';

/**
 * A file that ends in `.gz` or `.br` keeps the type of the plain file and says how it is packed: it is what pages load
 * (Unity does), or the twin of it, and browsers must unpack it. But a download (`data.csv.gz`, `sitemap.xml.gz`,
 * `site.tar.gz`) must stay packed, and so must what Blazor's loader asks for by name and unpacks itself.
 */
function compressedType(key: string, plainName: string, suffix: string, neighbours: Neighbours): ContentType {
  const plainKey = key.slice(0, -suffix.length - 1);
  const unpacked =
    suffix === 'br' ? /\.\w+$/ : /(?:\.(?:[cm]?js|css|wasm|html|svg)|(?:^|\/)Build\/[^/]+\.(?:data|symbols\.json))$/;
  if (unpacked.test(plainKey) && !/\.tar$/i.test(plainName) && !unpackedByItsLoader(plainKey, neighbours)) {
    return {
      contentType: plainType(plainKey, plainName, neighbours),
      contentEncoding: suffix === 'br' ? 'br' : 'gzip',
    };
  }
  return { contentType: suffix === 'br' ? binary : 'application/gzip', contentEncoding: null };
}

/** ASP.NET: "Host and deploy Blazor WebAssembly", Compression. Its twins stand beside the plain files. */
const unpackedByItsLoader = (plainKey: string, neighbours: Neighbours): boolean =>
  /(?:^|\/)_framework\//.test(plainKey) && neighbours.has(plainKey);

const binary = 'application/octet-stream';

const charset = '; charset=utf-8';

function plainType(key: string, name: string, neighbours: Neighbours): string {
  const dot = name.lastIndexOf('.');
  if (dot < 1) return wellKnownType(key) ?? (plainTexts.test(name) ? text : binary);
  const extension = name.slice(dot + 1).toLowerCase();
  if (extension === 'ts' && !/\.d\.ts$/i.test(name)) return typeOfTs(key, neighbours);
  const type = corrections.get(extension) ?? (mime.lookup(extension) || wellKnownType(key) || binary);
  return isText(type) ? type + charset : type;
}

/** `.ts` is a piece of a video stream where a playlist lies beside or above it, and a TypeScript source elsewhere. */
const typeOfTs = (key: string, neighbours: Neighbours): string =>
  neighbours.isStream(key.slice(0, key.lastIndexOf('/') + 1)) ? 'video/mp2t' : text;

const text = 'text/plain; charset=utf-8';

/** Types of which the bytes are text; build tools write UTF-8. */
const isText = (type: string): boolean =>
  /^text\//.test(type) ||
  /^application\/(?:json5?|xml|javascript|toml|x-sh|[\w.-]+\+json|[\w.-]+\+xml)$/.test(type) ||
  type === 'image/svg+xml';

/** Where mime-types has no answer, or one that serves a website badly. */
const corrections: ReadonlyMap<string, string> = new Map([
  ...sources(),
  ['arrow', 'application/vnd.apache.arrow.file'],
  ['cjs', 'text/javascript'],
  ['cts', 'text/plain'],
  ['cur', 'image/x-icon'],
  ['flac', 'audio/flac'],
  ['ico', 'image/x-icon'],
  ['ipynb', 'application/json'],
  ['jsonc', 'application/json'],
  ['jsonl', 'application/x-ndjson'],
  ['m4v', 'video/mp4'],
  ['mobileconfig', 'application/x-apple-aspen-config'],
  ['mts', 'text/plain'],
  ['ndjson', 'application/x-ndjson'],
  ['parquet', 'application/vnd.apache.parquet'],
  ['pbf', 'application/x-protobuf'],
  ['php', 'text/plain'], // a source: nothing runs it here
  ['plist', 'application/xml'],
  ['rs', 'text/plain'],
  ['sqlite', 'application/vnd.sqlite3'],
  ['tcx', 'application/xml'],
  ['tgz', 'application/gzip'],
  ['topojson', 'application/json'],
  ['ts', 'text/plain'], // declarations; see typeOfTs
  ['tsx', 'text/plain'],
  ['zst', 'application/zstd'],
  // Godot, Unity, Pagefind and .NET: read by their own loaders.
  ['data', binary],
  ['pck', binary],
  ['pagefind', binary],
  ['dll', binary],
  ['pdb', binary],
]);

/** Sources and texts that are shown, never run. A function, so that the table above it can begin with it. */
function sources(): (readonly [string, string])[] {
  const names =
    'adoc astro bib cff cfg cs diff ejs frag glsl go gql graphql haml hjson hpp kt liquid njk org patch properties proto ' +
    'ps1 pug py rb rmd rst sass svelte swift vert vue wat';
  return names.split(' ').map((extension) => [extension, 'text/plain']);
}

/** Texts that by custom have no extension. */
const plainTexts = /^(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|CONTRIBUTORS|CHANGELOG|CHANGES|README|VERSION|CNAME)$/;

/** Files whose readers demand a type and whose names have no extension (RFC 8615 registry, Apple's and Matrix' pages). */
function wellKnownType(key: string): string | undefined {
  const [, name = ''] = /(?:^|\/)\.well-known\/(.+)$/.exec(key) ?? [];
  if (key === 'apple-app-site-association') return 'application/json';
  if (name.startsWith('acme-challenge/') || name.startsWith('pki-validation/')) return text;
  return wellKnown.get(name);
}

const wellKnown: ReadonlyMap<string, string> = new Map([
  ['apple-app-site-association', 'application/json'],
  ['apple-developer-merchantid-domain-association', text],
  ['atproto-did', text],
  ['com.apple.remotemanagement', 'application/json'],
  ['discord', text],
  ['host-meta', 'application/xrd+xml; charset=utf-8'],
  ['jwks', 'application/json'],
  ['matrix/client', 'application/json'],
  ['matrix/server', 'application/json'],
  ['microsoft-identity-association', 'application/json'],
  ['nodeinfo', 'application/json'],
  ['oauth-authorization-server', 'application/json'],
  ['oauth-protected-resource', 'application/json'],
  ['openid-configuration', 'application/json'],
  ['passkey-endpoints', 'application/json'],
  ['traffic-advice', 'application/trafficadvice+json'],
  ['webauthn', 'application/json'],
  ['webfinger', 'application/jrd+json'],
]);
