import { type CloudFrontClient, paginateListDistributions } from '@aws-sdk/client-cloudfront';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  NoSuchBucket,
  type S3Client,
} from '@aws-sdk/client-s3';
import { removeDistribution } from './remove-distribution.ts';

export interface Ground {
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  /** The bucket of the site that goes. */
  readonly bucket: string;
}

/** Takes away a site that a test has made: its distributions and what they use alone, then the bucket with all versions. */
export async function tearDown(ground: Ground): Promise<void> {
  for (const id of await distributionsBefore(ground)) await removeDistribution(ground.cloudFront, id);
  try {
    await removeBucket(ground);
  } catch (error) {
    if (!(error instanceof NoSuchBucket)) throw error;
  }
}

/** Ids of the distributions that have the bucket for an origin. */
export async function distributionsBefore({ cloudFront, bucket }: Ground): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { DistributionList } of paginateListDistributions({ client: cloudFront }, {})) {
    for (const { Id = '', Origins } of DistributionList?.Items ?? []) {
      if (Origins?.Items?.some(({ DomainName }) => DomainName?.startsWith(`${bucket}.`))) ids.push(Id);
    }
  }
  return ids;
}

async function removeBucket({ s3, bucket: Bucket }: Ground): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key = '', VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) break;
    const { Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    if (Errors.length > 0) throw new Error(`${Errors[0]?.Key}: ${Errors[0]?.Message}`);
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
