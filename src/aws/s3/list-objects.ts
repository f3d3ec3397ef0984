import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { compareKeys } from '../../model/compare-keys.ts';
import type { KeyRange } from '../../model/ports.ts';
import type { RemoteObject } from '../../model/snapshot.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** All objects of a range, page by page. Keys come back relative to the prefix. */
export async function listObjects(context: S3Context, { after, through }: KeyRange): Promise<readonly RemoteObject[]> {
  const found: RemoteObject[] = [];
  let token: string | undefined;
  do {
    const page = await listPage(context, after, token);
    for (const object of page.Contents ?? []) found.push(remoteObject(object, context.prefix));
    const last = found.at(-1);
    const past = through !== undefined && last !== undefined && compareKeys(last.key, through) >= 0;
    token = past ? undefined : page.NextContinuationToken;
  } while (token !== undefined);
  return through === undefined ? found : found.filter(({ key }) => compareKeys(key, through) <= 0);
}

function listPage(
  context: S3Context,
  after: string | undefined,
  token: string | undefined,
): Promise<ListObjectsV2CommandOutput> {
  const { client, bucket: Bucket, prefix, owner } = context;
  const start =
    token !== undefined ? { ContinuationToken: token } : after === undefined ? {} : { StartAfter: prefix + after };
  // `url`: a key with a control character cannot be spelled in XML.
  const request = new ListObjectsV2Command({ Bucket, ...owner, Prefix: prefix, EncodingType: 'url', ...start });
  return callS3(context, 'ListBucket', undefined, () => client.send(request));
}

function remoteObject(
  object: NonNullable<ListObjectsV2CommandOutput['Contents']>[number],
  prefix: string,
): RemoteObject {
  const key = decodeURIComponent((object.Key ?? '').replaceAll('+', '%20')).slice(prefix.length);
  const lastModified = Math.floor((object.LastModified?.getTime() ?? 0) / 1000);
  return { key, size: object.Size ?? 0, etag: unquote(object.ETag), lastModified };
}

/** ETags are compared and kept without their quotes. */
export const unquote = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');
