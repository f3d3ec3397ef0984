import {
  CreateInvalidationCommand,
  GetInvalidationCommand,
  type InvalidationSummary,
  ListInvalidationsCommand,
} from '@aws-sdk/client-cloudfront';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { Invalidation } from '../../model/ports.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';

interface Batch {
  readonly distributionId: string;
  readonly items: readonly string[];
  readonly callerReference: string;
}

/**
 * Asks edges to forget the items, in one batch. Sending the same reference and items again finds the first one, so a
 * lost reply costs nothing. While CloudFront has as many in progress as it takes, it is asked again for some minutes.
 */
export async function createInvalidation(context: CloudFrontContext, batch: Batch): Promise<Invalidation> {
  const { distributionId: DistributionId, items, callerReference: CallerReference } = batch;
  const Paths = { Quantity: items.length, Items: [...items] };
  const command = new CreateInvalidationCommand({ DistributionId, InvalidationBatch: { CallerReference, Paths } });
  try {
    const answer = await callCloudFront(context, 'CreateInvalidation', resourceOf(DistributionId), () =>
      context.client.send(command),
    );
    return describe(answer.Invalidation);
  } catch (error) {
    const cause = error instanceof CdnpubError ? error.cause : undefined;
    if (isReferenceUsed(cause)) return await findByReference(context, batch, error);
    if (awsErrorName(cause).name === 'TooManyInvalidationsInProgress') throw await tooMany(context, batch, error);
    throw error;
  }
}

/** How far an invalidation has come. */
export async function getInvalidation(
  context: CloudFrontContext,
  DistributionId: string,
  Id: string,
): Promise<Invalidation> {
  const answer = await callCloudFront(context, 'GetInvalidation', resourceOf(DistributionId), () =>
    context.client.send(new GetInvalidationCommand({ DistributionId, Id })),
  );
  return describe(answer.Invalidation);
}

const resourceOf = (id: string): string => `distribution/${id}`;

const describe = (
  invalidation: { readonly Id?: string | undefined; readonly Status?: string | undefined } | undefined,
): Invalidation => ({
  id: present(invalidation?.Id, "the invalidation's id"),
  completed: invalidation?.Status === 'Completed',
});

/** A reference counts as used for other paths too where CloudFront spells the paths in a way of its own. */
const isReferenceUsed = (error: unknown): boolean => {
  const { name } = awsErrorName(error);
  if (name === 'InvalidationBatchAlreadyExists') return true;
  return name === 'InvalidArgument' && error instanceof Error && /caller ?reference/i.test(error.message);
};

/** The paths as they are meant, however they are spelled. */
const spelled = (items: readonly string[]): string => items.map(decodePath).sort().join();

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** References are minted per call, so one that is used was used by an attempt whose reply was lost: among the latest. */
const latest = 10;

async function findByReference(context: CloudFrontContext, batch: Batch, unfound: unknown): Promise<Invalidation> {
  const { distributionId: DistributionId, callerReference, items } = batch;
  for (const { Id } of (await list(context, DistributionId)).slice(0, latest)) {
    const { Invalidation: found } = await callCloudFront(context, 'GetInvalidation', resourceOf(DistributionId), () =>
      context.client.send(new GetInvalidationCommand({ DistributionId, Id })),
    );
    const { CallerReference, Paths } = found?.InvalidationBatch ?? {};
    if (CallerReference === callerReference && spelled(Paths?.Items ?? []) === spelled(items)) return describe(found);
  }
  throw unfound;
}

/** The most recent ones first. */
async function list(context: CloudFrontContext, DistributionId: string): Promise<readonly InvalidationSummary[]> {
  const answer = await callCloudFront(context, 'ListInvalidations', resourceOf(DistributionId), () =>
    context.client.send(new ListInvalidationsCommand({ DistributionId })),
  );
  return answer.InvalidationList?.Items ?? [];
}

/** Names what is in the way, as far as these credentials may know it. */
async function tooMany(context: CloudFrontContext, { distributionId }: Batch, error: unknown): Promise<unknown> {
  const open = await list(context, distributionId)
    .then((all) => all.filter(({ Status }) => Status !== 'Completed').map(({ Id }) => Id ?? ''))
    .catch(() => []);
  if (!(error instanceof CdnpubError) || open.length === 0) return error;
  return new CdnpubError('E_THROTTLED', {
    message: `${error.message}; in progress: ${open.slice(0, 5).join(', ')}${open.length > 5 ? ` and ${open.length - 5} more` : ''}`,
    hints: ['run the same command again when they are Completed'],
    details: { ...error.details, inProgress: open },
    cause: error.cause,
  });
}
