import type { RemoteObject } from '../../../model/snapshot.ts';
import { unquote } from '../unquote.ts';

/** What a page of a LIST holds. */
export interface ListedPage {
  /** Keys are whole, as the bucket has them. */
  readonly objects: readonly RemoteObject[];
  /** Where the next page begins; undefined on the last. */
  readonly next: string | undefined;
}

/**
 * Reads the XML of ListObjectsV2. S3 writes no attributes, comments or CDATA in it, so a tag is found by its name; the
 * SDK's parser takes ten times as long, which is most of what a deploy without a change costs.
 */
export function readPage(xml: string): ListedPage {
  const isEncoded = textOf(xml, 'EncodingType') === 'url';
  const objects: RemoteObject[] = [];
  for (let from = xml.indexOf(open); from !== -1; ) {
    const end = xml.indexOf(close, from);
    objects.push(readObject(xml.slice(from + open.length, end), isEncoded));
    from = xml.indexOf(open, end);
  }
  return { objects, next: textOf(xml, 'IsTruncated') === 'true' ? textOf(xml, 'NextContinuationToken') : undefined };
}

const open = '<Contents>';
const close = '</Contents>';

function readObject(xml: string, isEncoded: boolean): RemoteObject {
  const name = textOf(xml, 'Key') ?? '';
  return {
    // A `+` is a space: S3 encodes as forms do.
    key: isEncoded ? decodeURIComponent(name.replaceAll('+', '%20')) : name,
    size: Number(textOf(xml, 'Size') ?? 0),
    etag: unquote(textOf(xml, 'ETag')),
    lastModified: Math.floor(Date.parse(textOf(xml, 'LastModified') ?? '') / 1000) || 0,
  };
}

function textOf(xml: string, tag: string): string | undefined {
  const from = xml.indexOf(`<${tag}>`);
  if (from === -1) return undefined;
  const text = xml.slice(from + tag.length + 2, xml.indexOf(`</${tag}>`, from));
  return text.includes('&') ? text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, decodeEntity) : text;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntity(whole: string, hex: string | undefined, decimal: string | undefined, name = ''): string {
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
  return decimal === undefined ? (named[name] ?? whole) : String.fromCodePoint(Number(decimal));
}
