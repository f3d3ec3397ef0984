import { CopyObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectStore, WriteResult } from '../../model/ports.ts';
import { equalHeaders } from '../../plan/objects/equal-headers.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { conditionFields, orConflict } from './conditions.ts';
import { headObject } from './head-object.ts';
import { unquote } from './list-objects.ts';
import { callS3, type S3Context } from './s3-context.ts';

type CopyRequest = Parameters<ObjectStore['copyVersion']>[0];

/** Makes an earlier version the current one: its bytes and headers become a new version. */
export async function copyVersion(context: S3Context, request: CopyRequest): Promise<WriteResult> {
  const result = await copy(context, request);
  return result.kind === 'conflict' ? ((await findOwnCopy(context, request)) ?? result) : result;
}

/** A copy whose reply was lost is asked for again, and then its condition fails: the object there is what was meant. */
async function findOwnCopy(
  context: S3Context,
  { key, etag, sha256, headers }: CopyRequest,
): Promise<WriteResult | undefined> {
  const head = await headObject(context, key);
  if (head === undefined || !equalHeaders(head.headers, headers)) return undefined;
  if (head.etag !== etag && head.sha256 !== sha256) return undefined;
  return { kind: 'written', etag: head.etag, versionId: head.versionId };
}

const copy = (context: S3Context, request: CopyRequest): Promise<WriteResult> =>
  callS3(context, 'PutObject', request.key, () =>
    orConflict(async () => {
      const { client, bucket: Bucket, prefix, owner } = context;
      const { key, versionId, etag, headers, condition } = request;
      try {
        const answer = await client.send(
          new CopyObjectCommand({
            Bucket,
            Key: prefix + key,
            ...owner,
            CopySource: `${Bucket}/${encodeURIComponent(prefix + key)}?versionId=${encodeURIComponent(versionId)}`,
            CopySourceIfMatch: `"${etag}"`,
            MetadataDirective: 'COPY',
            // The one header that COPY leaves behind.
            ...redirectField(headers['x-amz-website-redirect-location']),
            ...conditionFields(condition),
          }),
        );
        return { kind: 'written', etag: unquote(answer.CopyObjectResult?.ETag), versionId: answer.VersionId ?? null };
      } catch (error) {
        // It was there when the rollback was planned.
        if (awsErrorName(error).name === 'NoSuchVersion') return { kind: 'conflict' };
        throw error;
      }
    }),
  );

const redirectField = (location: string | undefined): { readonly WebsiteRedirectLocation?: string } =>
  location === undefined ? {} : { WebsiteRedirectLocation: location };
