import type { Announcement } from './announcement.ts';
import type { StoredHeaders } from './asset.ts';
import type { DistributionFields, SharedPolicy } from './infrastructure.ts';
import type { Manifest } from './manifest.ts';
import type { Resolved } from './ref.ts';
import type { SiteRecord } from './site-record.ts';

/** An object as LIST tells of it. */
export interface RemoteObject {
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** Seconds since the epoch. */
  readonly lastModified: number;
}

/** An object that the record does not vouch for, read back: does it hold the build's bytes, and with which headers? */
export interface ReadBack {
  readonly sameBytes: boolean;
  readonly headers: StoredHeaders;
  readonly versionId: string | null;
}

/** A document of the state folder together with the ETag it was read at. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}

export type BucketState =
  | { readonly kind: 'absent' }
  /** `owned`: it carries cdnpub's tag or this site's record. */
  | { readonly kind: 'present'; readonly owned: boolean };

/** What a store holds, as far as it matters: a keyed hash of the value by key. */
export type KnownKeys = ReadonlyMap<string, string>;

/** A distribution as a listing tells of it. */
export interface MarkedDistribution {
  readonly id: string;
  readonly domain: string;
  readonly comment: string;
  readonly aliases: readonly string[];
  /** Each origin's name and folder: `docs.s3.eu-west-1.amazonaws.com/folder`. */
  readonly origins: readonly string[];
}

/**
 * Under which paths the edges of a distribution hold the site, where no function of cdnpub's gives each key one spelling.
 * `folder` is the site's among the addresses: empty, or ending in `/`.
 */
export type Caching =
  | { readonly kind: 'by path'; readonly folder: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** What stands before the bucket now; undefined parts are to be made. */
export interface CdnSnapshot {
  readonly distribution:
    | { readonly id: string; readonly status: string; readonly enabled: boolean; readonly fields: DistributionFields }
    | undefined;
  /** All distributions of the account that carry a comment; looked at only where none is on record. */
  readonly marked: readonly MarkedDistribution[];
  /** `code` is what viewers get (stage LIVE), undefined while nothing was published. */
  readonly edgeFunction: { readonly code: string | undefined } | undefined;
  /** The same of the function at viewer-response, which few sites have. */
  readonly responseFunction: { readonly code: string | undefined } | undefined;
  /** `keys` is undefined while nobody looked, as for the many sites that keep nothing there. */
  readonly store: { readonly arn: string; readonly keys: KnownKeys | undefined } | undefined;
  /** The policies in the account that cdnpub made, for this site or others. */
  readonly policies: readonly SharedPolicy[];
  /** Ids and ARNs of what exists already. */
  readonly resolved: Resolved;
  /** Absent where cdnpub's own function answers. */
  readonly caching?: Caching;
}

/** What is up there now: bucket, state folder, distribution. Read once, before planning. */
export interface Snapshot {
  readonly bucket: BucketState;
  readonly site: Stored<SiteRecord> | undefined;
  /** The distribution that the site's record names and that is gone; `site` is then the next generation, not yet written. */
  readonly lostDistribution: string | null;
  /** Also taken from the newest release where the manifest itself is lost; undefined where nothing can be read. */
  readonly manifest: Manifest | undefined;
  /** ETag of the manifest's object, readable or not, so that it is only ever replaced as it was seen. */
  readonly manifestEtag: string | undefined;
  readonly announcements: readonly Stored<Announcement>[];
  /** Ids of the invalidations that announcements await and that are over. */
  readonly completed: ReadonlySet<string>;
  /** Another run held the channel's lock when the bucket was listed. */
  readonly locked: boolean;
  /** The site's objects by key, without the state folder; in the order of the keys' UTF-8 bytes. */
  readonly objects: ReadonlyMap<string, RemoteObject>;
  readonly readBack: ReadonlyMap<string, ReadBack>;
  /** All public access to the bucket is blocked, or it is not cdnpub's to block. */
  readonly closed: boolean;
  /** Statements of the bucket policy; empty where the site has no distribution. */
  readonly policy: readonly { readonly Sid?: string }[];
  /** undefined where the site has no distribution (`cdn: false`). */
  readonly cdn: CdnSnapshot | undefined;
}
