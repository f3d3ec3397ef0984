import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { digest } from '../support/digest.ts';

/** A current object of the bucket, as a client that is not cdnpub's reads it. */
export interface BucketObject {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly etag: string;
  /** None in a bucket without versions. */
  readonly versionId: string | null;
  /** Seconds since the epoch. */
  readonly lastModified: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Every current object of a bucket, by key. */
export async function readBucket(client: S3Client, Bucket: string): Promise<ReadonlyMap<string, BucketObject>> {
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket }));
  if (listed.IsTruncated) throw new Error('a generated site fits one page');
  const current = (listed.Versions ?? []).filter(({ IsLatest }) => IsLatest);
  const objects = await Promise.all(
    current.map(async ({ Key = '', VersionId = '' }) => {
      const answer = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
      const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      return [
        Key,
        { ...describe(answer), bytes, sha256: digest(bytes), versionId: VersionId === 'null' ? null : VersionId },
      ] as const;
    }),
  );
  return new Map(objects);
}

const describe = (answer: GetObjectCommandOutput): Pick<BucketObject, 'etag' | 'lastModified' | 'headers'> => ({
  etag: (answer.ETag ?? '').replaceAll('"', ''),
  lastModified: (answer.LastModified?.getTime() ?? 0) / 1000,
  headers: Object.fromEntries(
    Object.entries({
      'cache-control': answer.CacheControl,
      'content-disposition': answer.ContentDisposition,
      'content-encoding': answer.ContentEncoding,
      'content-language': answer.ContentLanguage,
      'content-type': answer.ContentType,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
});
