import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Project } from './project.ts';
import { s3Client } from './s3-client.ts';

/** A project's bucket in the hands of another client of the same account. */
export function objectsOf({ cloud, bucket: Bucket }: Pick<Project, 'cloud' | 'bucket'>) {
  const client = s3Client(cloud);
  return {
    put: (Key: string, Body: string | Uint8Array) => client.send(new PutObjectCommand({ Bucket, Key, Body })),
    remove: (Key: string) => client.send(new DeleteObjectCommand({ Bucket, Key })),
    head: (Key: string) => client.send(new HeadObjectCommand({ Bucket, Key })),
    /** Replaces every header of an object by these. */
    rehead: (Key: string, headers: { readonly ContentType?: string; readonly CacheControl?: string }) =>
      client.send(
        new CopyObjectCommand({
          ...{ Bucket, Key, CopySource: `${Bucket}/${encodeURIComponent(Key)}` },
          ...{ MetadataDirective: 'REPLACE', ...headers },
        }),
      ),
    /** The text of an object, or undefined where there is none. */
    async text(Key: string): Promise<string | undefined> {
      try {
        return await (await client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
        throw error;
      }
    },
  };
}
