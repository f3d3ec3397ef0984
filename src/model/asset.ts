/**
 * Headers stored with an object, names in lower case: `content-type`, `cache-control`, `content-encoding`,
 * `content-disposition`, `content-language`, `expires`, `x-amz-meta-*` and `x-amz-website-redirect-location`.
 */
export type StoredHeaders = Readonly<Record<string, string>>;

/**
 * What a file is to a deploy, which decides its wave.
 * `entry`: the root index, the SPA page and the 404 page. `page`: other `*.html`, `*.htm`, `*.xhtml`.
 * `pointer`: service workers and version pointers, which go up last. `fingerprinted`: the name carries a hash of the
 * content, so the object never changes. `other`: all else. Mutable means all but `fingerprinted`.
 */
export type AssetClass = (typeof assetClasses)[number];

export const assetClasses = ['page', 'other', 'fingerprinted', 'entry', 'pointer'] as const;

/** A file of the build, as the scan found it. */
export interface ScannedFile extends PublishedFile {
  /** The bytes are compressed, whatever the name says. */
  readonly packed?: 'gzip';
}

/** What of a file is kept on record. */
export interface PublishedFile {
  /** Where it goes, relative to the site's folder in the bucket: NFC, `/` between segments, basePath included. */
  readonly key: string;
  /** Where it lies, relative to the scanned directory, spelled as on disk. */
  readonly source: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the bytes that will be stored, lower-case hex. */
  readonly sha256: string;
}

/** A file of the build with everything that the bucket will hold of it. */
export interface Asset extends PublishedFile {
  readonly class: AssetClass;
  readonly headers: StoredHeaders;
}

/** A file of a kept release: bytes and headers come from an earlier version of its own object, not from a directory. */
export interface ReleasedAsset extends Asset {
  /** ETag of that version, without quotes. */
  readonly etag: string;
  /** null where the bucket kept no versions. */
  readonly versionId: string | null;
}

export const isReleased = (asset: Asset): asset is ReleasedAsset => 'versionId' in asset;
