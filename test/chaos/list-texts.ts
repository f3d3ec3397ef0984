import { createHash } from 'node:crypto';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { Build } from './render-site.ts';

/** What a bucket holds now: the text of each key, or undefined where it is of none of these builds. */
export async function listTexts(
  client: S3Client,
  Bucket: string,
  builds: readonly Build[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const { Contents = [], IsTruncated } = await client.send(new ListObjectsV2Command({ Bucket }));
  if (IsTruncated) throw new Error('a generated site fits one page');
  const byEtag = new Map(builds.flatMap(({ files }) => Object.values(files)).map((text) => [etagOf(text), text]));
  return new Map(Contents.map(({ Key = '', ETag }) => [Key, byEtag.get(ETag ?? '')]));
}

const etagOf = (text: string): string => `"${createHash('md5').update(text).digest('hex')}"`;
