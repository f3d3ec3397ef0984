import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import type { Project } from './project.ts';
import { s3Client } from './s3-client.ts';

/** Keys of a site's bucket that begin so, in S3's order. */
export async function keysOf({ cloud, bucket: Bucket }: Project, Prefix = ''): Promise<readonly string[]> {
  const { Contents = [] } = await s3Client(cloud).send(new ListObjectsV2Command({ Bucket, Prefix }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Keys of the site itself: its state left out, and the page that cdnpub adds. */
export const siteKeysOf = async (project: Project): Promise<readonly string[]> =>
  (await keysOf(project)).filter((key) => !/^[._]cdnpub\//.test(key));

/** An object's text. */
export async function textOf({ cloud, bucket: Bucket }: Project, Key: string): Promise<string | undefined> {
  return (await s3Client(cloud).send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}

/** What the bucket tells of an object. */
export const headOf = ({ cloud, bucket: Bucket }: Project, Key: string) =>
  s3Client(cloud).send(new HeadObjectCommand({ Bucket, Key }));

/** Takes objects away with all their versions, so that nothing can be read of them any more. */
export async function purge({ cloud, bucket: Bucket }: Project, ...prefixes: readonly string[]): Promise<void> {
  const client = s3Client(cloud);
  for (const Prefix of prefixes) {
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}
