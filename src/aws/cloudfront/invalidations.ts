import { CreateInvalidationCommand, GetInvalidationCommand } from '@aws-sdk/client-cloudfront';
import type { Invalidation } from '../../model/ports.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';

/** Asks edges to forget the items, in one batch. Sending the same reference and items again finds the first one. */
export async function createInvalidation(
  context: CloudFrontContext,
  request: { readonly distributionId: string; readonly items: readonly string[]; readonly callerReference: string },
): Promise<Invalidation> {
  const { distributionId: DistributionId, items, callerReference: CallerReference } = request;
  const Paths = { Quantity: items.length, Items: [...items] };
  const command = new CreateInvalidationCommand({ DistributionId, InvalidationBatch: { CallerReference, Paths } });
  const answer = await callCloudFront(context, 'CreateInvalidation', `distribution/${DistributionId}`, () =>
    context.client.send(command),
  );
  return describe(answer.Invalidation);
}

/** How far an invalidation has come. */
export async function getInvalidation(
  context: CloudFrontContext,
  DistributionId: string,
  Id: string,
): Promise<Invalidation> {
  const resource = `distribution/${DistributionId}`;
  const answer = await callCloudFront(context, 'GetInvalidation', resource, () =>
    context.client.send(new GetInvalidationCommand({ DistributionId, Id })),
  );
  return describe(answer.Invalidation);
}

const describe = (
  invalidation: { readonly Id?: string | undefined; readonly Status?: string | undefined } | undefined,
): Invalidation => ({
  id: present(invalidation?.Id, "the invalidation's id"),
  completed: invalidation?.Status === 'Completed',
});
