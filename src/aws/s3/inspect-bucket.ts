import { HeadBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { BucketAdmin } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { callS3, type S3Context } from './s3-context.ts';

type Inspection = Awaited<ReturnType<BucketAdmin['inspect']>>;

/**
 * Whether the bucket exists, and where. Throws `E_FOREIGN_BUCKET` where it belongs to
 * another account, and `E_PERMISSION` where these credentials may not know.
 */
export async function inspectBucket(context: S3Context): Promise<Inspection> {
  const found = await headBucket(context);
  if (found === 'absent') return { exists: false, region: await regionOf(context) };
  if (found === 'denied') throw await deniedError(context);
  return { exists: true, region: found.region };
}

const regionOf = (context: S3Context): Promise<string> => context.client.config.region();

async function headBucket(context: S3Context): Promise<'absent' | 'denied' | { readonly region: string }> {
  return callS3(context, 'ListBucket', undefined, async (attempt) => {
    try {
      const answer = await context.client.send(new HeadBucketCommand({ Bucket: context.bucket, ...context.owner }));
      return { region: answer.BucketRegion ?? (await regionOf(context)) };
    } catch (error) {
      const { status, skewCorrected } = awsErrorName(error);
      if (status === 404) return 'absent';
      if (status === 403 && skewCorrected && attempt.number === 1) throw clockWasOff(error);
      if (status === 403) return 'denied';
      const region = status === 301 || status === 400 ? regionHeader(error) : undefined;
      if (region !== undefined) return { region };
      throw error;
    }
  });
}

/** The 403 of a HEAD has no words: where the machine's clock was off, it may mean nothing but that. */
const clockWasOff = (error: unknown): Error =>
  Object.assign(new Error('the clock was off', { cause: error }), {
    name: 'RequestTimeTooSkewed',
    $metadata: { clockSkewCorrected: true, httpStatusCode: 403 },
  });

/** A HEAD in the wrong region names the right one in a header. */
function regionHeader(error: unknown): string | undefined {
  const response = (error as { readonly $response?: { readonly headers?: Record<string, string> } }).$response;
  return response?.headers?.['x-amz-bucket-region'];
}

/** A HEAD's 403 does not say whether the bucket is another's or ours and closed; our own list of buckets does. */
async function deniedError(context: S3Context): Promise<CdnpubError> {
  const { bucket, principal } = context;
  const names = await ownBuckets(context);
  if (names !== undefined && !names.includes(bucket)) {
    return new CdnpubError('E_FOREIGN_BUCKET', {
      message: `bucket ${bucket} belongs to another account`,
      hints: ['--bucket NAME with a name of your own'],
    });
  }
  return new CdnpubError('E_PERMISSION', {
    message: `access denied: s3:ListBucket on bucket ${bucket}${principal === undefined ? '' : ` for ${principal}`}`,
    hints: ['allow s3:ListBucket for these credentials; if the bucket is not yours, --bucket NAME'],
    details: { action: 's3:ListBucket', resource: `bucket ${bucket}`, principal: principal ?? null },
  });
}

async function ownBuckets(context: S3Context): Promise<readonly string[] | undefined> {
  try {
    const { Buckets } = await callS3(context, 'ListAllMyBuckets', undefined, () =>
      context.client.send(new ListBucketsCommand({})),
    );
    return (Buckets ?? []).map(({ Name }) => Name ?? '');
  } catch {
    // Not allowed to list buckets: nothing is known.
    return undefined;
  }
}
