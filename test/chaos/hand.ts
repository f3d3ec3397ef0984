import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { region } from './open-world.ts';

/** Somebody at work in the bucket who is not cdnpub. */
export interface Hand {
  readonly client: S3Client;
  readonly Bucket: string;
}

export const put = ({ client, Bucket }: Hand, Key: string, Body: string | Uint8Array, headers = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...headers }));
export const remove = ({ client, Bucket }: Hand, Key: string) => client.send(new DeleteObjectCommand({ Bucket, Key }));
export const makeBucket = ({ client, Bucket }: Hand) =>
  client.send(
    new CreateBucketCommand({
      Bucket,
      CreateBucketConfiguration: { LocationConstraint: region },
      ...(Bucket.endsWith('-an') ? { BucketNamespace: 'account-regional' as const } : {}),
    }),
  );

export async function removeAll(hand: Hand, folder: string): Promise<void> {
  const { Contents = [] } = await hand.client.send(new ListObjectsV2Command({ Bucket: hand.Bucket, Prefix: folder }));
  for (const { Key = '' } of Contents) await remove(hand, Key);
}

/** Takes objects away with all their versions. */
export async function purgeAll({ client, Bucket }: Hand, Prefix: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers])
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
}

/** The same bytes and headers, encrypted with a key of the account: the ETag is no MD5 either. */
export const encrypt = ({ client, Bucket }: Hand, Key: string) =>
  client.send(
    new CopyObjectCommand({
      ...{ Bucket, Key, CopySource: encodeURI(`${Bucket}/${Key}`) },
      ...{ MetadataDirective: 'COPY', ServerSideEncryption: 'aws:kms' },
    }),
  );

/** The same bytes under an ETag that is no MD5. */
export async function putInParts({ client, Bucket }: Hand, Key: string, Body: string): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'text/html' }));
  const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }));
}

export const rehead = ({ client, Bucket }: Hand, Key: string) =>
  client.send(
    new CopyObjectCommand({
      ...{ Bucket, Key, CopySource: encodeURI(`${Bucket}/${Key}`) },
      ...{ MetadataDirective: 'REPLACE', ContentType: 'text/plain', CacheControl: 'no-cache' },
    }),
  );
