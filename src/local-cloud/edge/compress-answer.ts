import type { Buffer } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from './header-lines.ts';
import type { Encoding } from './normalise-accept-encoding.ts';

export interface Answer {
  readonly status: number;
  readonly headers: HeaderLines;
  readonly body: Buffer;
}

/**
 * Compresses an answer of the origin as "Serve compressed files" says, or gives it back as it is: status 200, 403 or
 * 404, a listed type, a Content-Length from 1,000 to 10,000,000, no Content-Encoding of the origin's own.
 * `encodings` are those that behaviour, policy and viewer agree on; Brotli wins.
 */
export async function compressAnswer(answer: Answer, encodings: readonly Encoding[]): Promise<Answer> {
  const [encoding] = encodings;
  if (encoding === undefined || !isCompressible(answer)) return answer;
  const body = await compressors[encoding](answer.body);
  const headers = withHeaders(convertEtag(answer.headers), [
    ['content-encoding', encoding],
    ['content-length', String(body.length)],
    [
      'vary',
      [headerValue(answer.headers, 'vary'), 'Accept-Encoding'].filter((value) => value !== undefined).join(', '),
    ],
  ]);
  return { ...answer, headers, body };
}

function isCompressible({ status, headers }: Answer): boolean {
  const length = headerValue(headers, 'content-length') ?? '';
  const [type = ''] = (headerValue(headers, 'content-type') ?? '').split(';');
  return (
    [200, 403, 404].includes(status) &&
    headerValue(headers, 'content-encoding') === undefined &&
    /^\d+$/.test(length) &&
    Number(length) >= 1000 &&
    Number(length) <= 10_000_000 &&
    compressibleTypes.has(type.trim().toLowerCase())
  );
}

/** "ETag header conversion": a strong one becomes weak, a weak one stays, an invalid one goes. */
function convertEtag(headers: HeaderLines): HeaderLines {
  const etag = headerValue(headers, 'etag');
  if (etag === undefined || etag.startsWith('W/')) return headers;
  return etag.startsWith('"') ? withHeaders(headers, [['etag', `W/${etag}`]]) : withoutHeaders(headers, ['etag']);
}

const [brotli, gzipped] = [promisify(brotliCompress), promisify(gzip)];

const compressors: Readonly<Record<Encoding, (body: Buffer) => Promise<Buffer>>> = {
  // Quality 5 costs about as much as gzip; CloudFront does not say which it uses.
  br: (body) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => gzipped(body),
};

/** "File types that CloudFront compresses." */
const compressibleTypes: ReadonlySet<string> = new Set([
  ...['application/dash+xml', 'application/eot', 'application/font', 'application/font-sfnt', 'application/javascript'],
  ...['application/json', 'application/opentype', 'application/otf', 'application/pkcs7-mime'],
  ...['application/protobuf', 'application/rss+xml', 'application/truetype', 'application/ttf'],
  ...['application/vnd.apple.mpegurl', 'application/vnd.mapbox-vector-tile', 'application/vnd.ms-fontobject'],
  ...['application/xhtml+xml', 'application/xml', 'application/x-font-opentype'],
  ...['application/x-font-truetype', 'application/x-font-ttf', 'application/x-httpd-cgi', 'application/x-javascript'],
  ...[
    'application/x-mpegurl',
    'application/x-opentype',
    'application/x-otf',
    'application/x-perl',
    'application/x-ttf',
  ],
  ...['font/eot', 'font/opentype', 'font/otf', 'font/ttf', 'image/svg+xml', 'text/css', 'text/csv', 'text/html'],
  ...['text/javascript', 'text/js', 'text/plain', 'text/richtext', 'text/tab-separated-values', 'text/xml'],
  ...['text/x-component', 'text/x-java-source', 'text/x-script', 'vnd.apple.mpegurl'],
]);
