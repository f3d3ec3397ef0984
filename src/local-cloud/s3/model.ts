import type { ChecksumAlgorithm } from './checksums/algorithms.ts';
import type { SortedKeys } from './sorted-keys.ts';

/** What is set on a bucket. Replaced as a whole when one part changes. */
export interface BucketSettings {
  readonly name: string;
  readonly region: string;
  /** Account id. */
  readonly owner: string;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly versioning?: 'Enabled' | 'Suspended';
  /** The JSON text as it was put. */
  readonly policy?: string;
  readonly publicAccessBlock?: PublicAccessBlock;
  readonly tags?: Tags;
  /** `BucketOwnerEnforced` unless set otherwise; undefined after DeleteBucketOwnershipControls. */
  readonly ownership?: string;
  /** Configurations that are kept and given back as they came, by the name of their subresource. */
  readonly documents: Readonly<Record<string, unknown>>;
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export type Tags = readonly { readonly key: string; readonly value: string }[];

export interface Bucket {
  settings: BucketSettings;
  /** Every key that has a version or a delete marker. */
  readonly keys: SortedKeys;
  /** Newest first; never empty. */
  readonly versions: ReadonlyMap<string, readonly Version[]>;
  readonly uploads: ReadonlyMap<string, Upload>;
}

export type Version = ObjectVersion | DeleteMarker;

interface VersionBase {
  /** `null` where versioning was off or suspended. */
  readonly versionId: string;
  /** Milliseconds, whole seconds. */
  readonly lastModified: number;
}

export interface DeleteMarker extends VersionBase {
  readonly kind: 'marker';
}

export interface ObjectVersion extends VersionBase {
  readonly kind: 'object';
  /** Without quotes. */
  readonly etag: string;
  readonly size: number;
  readonly segments: readonly Segment[];
  /** What is given back with the object as header lines (`cache-control`, `content-type`, …), names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names without `x-amz-meta-`, in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly checksum: Checksum;
  /** Of a multipart object. */
  readonly parts?: readonly { readonly size: number; readonly checksum?: string }[];
}

/** A stretch of a body: one for a PUT, one a part for a multipart upload. */
export interface Segment {
  readonly blob: string;
  readonly size: number;
}

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; a composite one ends in `-N`. */
  readonly value: string;
  readonly type: 'FULL_OBJECT' | 'COMPOSITE';
}

export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly initiated: number;
  readonly initiator: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly algorithm: ChecksumAlgorithm;
  readonly checksumType: 'FULL_OBJECT' | 'COMPOSITE';
  /** False where the client named no algorithm: then its parts show none. */
  readonly isAlgorithmAsked: boolean;
  readonly parts: Readonly<Record<string, Part>>;
}

export interface Part {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
  readonly lastModified: number;
  readonly segment: Segment;
  /** Base64, in the upload's algorithm. */
  readonly checksum: string;
}
