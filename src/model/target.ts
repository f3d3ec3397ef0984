/** Where a deploy goes: everything that names the place and nothing that describes the content. */
export interface Target {
  readonly site: string;
  /** `live` or a preview's name. */
  readonly channel: string;
  /** Twelve digits, or null where the endpoint has no STS. */
  readonly account: string | null;
  readonly region: string;
  readonly bucket: string;
  /** Folder in the bucket: empty, or ending in `/`. */
  readonly prefix: string;
  /** Whether a CloudFront distribution stands before the bucket. */
  readonly cdn: boolean;
  readonly manage: Manage;
  /** Id of a distribution that is not made by cdnpub, or null. */
  readonly distribution: string | null;
  /** `aws`, … as GetCallerIdentity tells. */
  readonly partition: string;
}

/** What cdnpub sees to: `content` is the files alone, and all that stands around them is somebody else's. */
export type Manage = 'all' | 'content';
