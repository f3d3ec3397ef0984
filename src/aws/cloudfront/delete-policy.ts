import {
  DeleteCachePolicyCommand,
  DeleteResponseHeadersPolicyCommand,
  GetCachePolicyCommand,
  GetResponseHeadersPolicyCommand,
} from '@aws-sdk/client-cloudfront';
import type { InfraStep, SharedPolicy } from '../../model/infrastructure.ts';
import type { Resolved } from '../../model/ref.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront } from './cloudfront-context.ts';

/**
 * Deletes a policy that a distribution has left. "You cannot delete a response headers policy if it's attached to a cache
 * behavior" (API reference): one that another site uses stays, and so does one that is gone or was changed meanwhile.
 */
export async function deletePolicy(context: CloudFrontContext, { policy, id }: DeleteStep): Promise<Resolved> {
  const { path, get, getName, remove, removeName } = kinds[policy];
  const resource = `${path}/${id}`;
  const found = await callCloudFront(context, getName, resource, () => unlessNeeded(get(context, id)));
  if (found === undefined) return {};
  const what = { Id: id, IfMatch: found.ETag };
  await callCloudFront(context, removeName, resource, () => unlessNeeded(remove(context, what)));
  return {};
}

/** What was asked for, or undefined where the policy is in use, gone or another. */
async function unlessNeeded<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (/^(?:NoSuch\w+Policy|\w+PolicyInUse|PreconditionFailed)$/.test(awsErrorName(error).name)) return undefined;
    throw error;
  }
}

const kinds = {
  cache: {
    path: 'cache-policy',
    getName: 'GetCachePolicy',
    get: ({ client }: CloudFrontContext, Id: string) => client.send(new GetCachePolicyCommand({ Id })),
    removeName: 'DeleteCachePolicy',
    remove: ({ client }: CloudFrontContext, what: Versioned) => client.send(new DeleteCachePolicyCommand(what)),
  },
  headers: {
    path: 'response-headers-policy',
    getName: 'GetResponseHeadersPolicy',
    get: ({ client }: CloudFrontContext, Id: string) => client.send(new GetResponseHeadersPolicyCommand({ Id })),
    removeName: 'DeleteResponseHeadersPolicy',
    remove: ({ client }: CloudFrontContext, what: Versioned) =>
      client.send(new DeleteResponseHeadersPolicyCommand(what)),
  },
} as const satisfies Readonly<Record<SharedPolicy['kind'], object>>;

type DeleteStep = Extract<InfraStep, { kind: 'deletePolicy' }>;

interface Versioned {
  readonly Id: string;
  readonly IfMatch: string | undefined;
}
