import {
  CreateFunctionCommand,
  DescribeFunctionCommand,
  type FunctionConfig,
  GetFunctionCommand,
  PublishFunctionCommand,
  UpdateFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { InfraStep } from '../../model/infrastructure.ts';
import type { Clock } from '../../model/ports.ts';
import { type Resolved, resolve } from '../../model/ref.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';
import { testFunction } from './test-function.ts';

type FunctionStep = Extract<InfraStep, { kind: 'createFunction' | 'updateFunction' }>;

/** The published text of a function, or undefined where nothing of that name is LIVE. */
export async function findFunction(
  context: CloudFrontContext,
  name: string,
): Promise<{ readonly arn: string; readonly code: string } | undefined> {
  return callCloudFront(context, 'GetFunction', `function/${name}`, async () => {
    try {
      const { FunctionCode } = await context.client.send(new GetFunctionCommand({ Name: name, Stage: 'LIVE' }));
      const arn = `arn:${context.partition}:cloudfront::${context.account}:function/${name}`;
      return { arn, code: new TextDecoder().decode(FunctionCode) };
    } catch (error) {
      if (awsErrorName(error).name === 'NoSuchFunctionExists') return undefined;
      throw error;
    }
  });
}

/** Makes the function, or updates the one that is there, tries it and publishes it: it must be LIVE before a distribution names it. */
export async function publishFunction(
  context: CloudFrontContext,
  clock: Clock,
  step: FunctionStep,
  resolved: Resolved,
): Promise<Resolved> {
  const content = contentOf(step, resolved);
  const etag =
    (step.kind === 'createFunction' ? await create(context, step.name, content) : undefined) ??
    (await update(context, step.name, content));
  const compute = await testFunction(context, { ...step, etag });
  const resource = `function/${step.name}`;
  const { FunctionSummary } = await callCloudFront(context, 'PublishFunction', resource, () =>
    context.client.send(new PublishFunctionCommand({ Name: step.name, IfMatch: etag })),
  );
  // Pages that rely on the new rules go up behind a new text; a function that nobody uses yet has no one to reach.
  if (step.kind === 'updateFunction') await waitUntilDeployed(context, clock, step.name);
  const name = step.role === 'request' ? 'function.arn' : 'responseFunction.arn';
  const arn = present(FunctionSummary?.FunctionMetadata?.FunctionARN, "the function's ARN");
  return { [name]: arn, [`compute.${step.role}`]: String(compute) };
}

/** A published function reaches all edges within seconds; asked every second for two minutes. */
const pollMs = 1_000;
const polls = 120;

async function waitUntilDeployed(context: CloudFrontContext, clock: Clock, name: string): Promise<void> {
  const request = new DescribeFunctionCommand({ Name: name, Stage: 'LIVE' });
  for (let poll = 0; poll < polls; poll++) {
    const { FunctionSummary } = await callCloudFront(context, 'DescribeFunction', `function/${name}`, () =>
      context.client.send(request),
    );
    if (FunctionSummary?.Status !== 'IN_PROGRESS') return;
    await clock.sleep(poll === 0 ? pollMs / 5 : pollMs);
  }
  throw new CdnpubError('E_TIMEOUT', {
    message: `function ${name} was not deployed to all edges within ${(polls * pollMs) / 1000} s`,
    hints: ['run the same command again: it goes on from here'],
  });
}

interface FunctionContent {
  readonly FunctionConfig: FunctionConfig;
  readonly FunctionCode: Uint8Array;
}

const contentOf = (step: FunctionStep, resolved: Resolved): FunctionContent => ({
  FunctionConfig: {
    Comment: step.name,
    Runtime: 'cloudfront-js-2.0',
    KeyValueStoreAssociations: { Quantity: 1, Items: [{ KeyValueStoreARN: resolve(step.storeArn, resolved) }] },
  },
  FunctionCode: new TextEncoder().encode(step.code),
});

/** The new function's ETag, or undefined where it exists already. */
async function create(context: CloudFrontContext, Name: string, content: FunctionContent): Promise<string | undefined> {
  return callCloudFront(context, 'CreateFunction', `function/${Name}`, async () => {
    try {
      return (await context.client.send(new CreateFunctionCommand({ Name, ...content }))).ETag;
    } catch (error) {
      if (awsErrorName(error).name === 'FunctionAlreadyExists') return undefined;
      throw error;
    }
  });
}

async function update(context: CloudFrontContext, Name: string, content: FunctionContent): Promise<string | undefined> {
  const resource = `function/${Name}`;
  const { ETag: IfMatch } = await callCloudFront(context, 'DescribeFunction', resource, () =>
    context.client.send(new DescribeFunctionCommand({ Name, Stage: 'DEVELOPMENT' })),
  );
  return callCloudFront(context, 'UpdateFunction', resource, async ({ replyLost }) => {
    try {
      return (await context.client.send(new UpdateFunctionCommand({ Name, IfMatch, ...content }))).ETag;
    } catch (error) {
      const own = replyLost && awsErrorName(error).status === 412 ? await findOwn(context, Name, content) : undefined;
      if (own === undefined) throw error;
      return own;
    }
  });
}

/** An update whose reply was lost makes the next attempt find its own text there: its ETag, or undefined. */
async function findOwn(
  { client }: CloudFrontContext,
  Name: string,
  { FunctionCode: sent }: FunctionContent,
): Promise<string | undefined> {
  const { ETag, FunctionCode } = await client.send(new GetFunctionCommand({ Name, Stage: 'DEVELOPMENT' }));
  return FunctionCode !== undefined && Buffer.compare(FunctionCode, sent) === 0 ? ETag : undefined;
}
