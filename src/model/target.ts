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
  /** `aws`, … as GetCallerIdentity tells. */
  readonly partition: string;
}
