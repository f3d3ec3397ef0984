import {
  CreateDistributionWithTagsCommand,
  type DistributionConfig,
  GetDistributionConfigCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import {
  type DistributionField,
  type DistributionFields,
  distributionFields,
  type InfraStep,
} from '../../model/infrastructure.ts';
import { type Resolved, resolve, resolveEmbedded, type Value } from '../../model/ref.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';
import { newConfig, readFields, withFields } from './distribution-config.ts';
import { describeDistribution, type FoundDistribution, findDistribution } from './find-distribution.ts';
import { listDistributions } from './list-distributions.ts';

type Create = Extract<InfraStep, { kind: 'createDistribution' }>;
type Update = Extract<InfraStep, { kind: 'updateDistribution' }>;

/** Makes the site's distribution; one that a killed run made with the same CallerReference is found instead. */
export async function createDistribution(
  context: CloudFrontContext,
  step: Create,
  resolved: Resolved,
): Promise<Resolved> {
  const config = withFields(
    newConfig(step.callerReference, step.comment),
    resolveFields(step.fields, resolved),
    resolved,
  );
  const found = await callCloudFront(context, 'CreateDistribution', 'distribution/*', async () => {
    try {
      return await create(context, config, resolved);
    } catch (error) {
      if (awsErrorName(error).name !== 'DistributionAlreadyExists') throw error;
      const earlier = await findDistribution(
        context,
        { distributionId: null, comment: step.comment, hashSecret: hashesIn(resolved) },
        listDistributions(context),
      );
      if (earlier === undefined) throw error;
      return earlier;
    }
  });
  return { 'distribution.id': found.id, 'distribution.arn': found.arn, 'distribution.domain': found.domain };
}

async function create(
  { client }: CloudFrontContext,
  DistributionConfig: DistributionConfig,
  resolved: Resolved,
): Promise<FoundDistribution> {
  const Tags = { Items: [{ Key: 'cdnpub', Value: '1' }] };
  const answer = await client.send(
    new CreateDistributionWithTagsCommand({ DistributionConfigWithTags: { DistributionConfig, Tags } }),
  );
  return describeDistribution(present(answer.Distribution, 'the distribution'), hashesIn(resolved));
}

/** Reads the whole config, changes the planned fields and writes it back at the ETag it was read at. */
export async function updateDistribution(
  context: CloudFrontContext,
  step: Update,
  resolved: Resolved,
): Promise<Resolved> {
  const resource = `distribution/${step.id}`;
  const read = () => context.client.send(new GetDistributionConfigCommand({ Id: step.id }));
  const { DistributionConfig: config, ETag } = await callCloudFront(context, 'GetDistributionConfig', resource, read);
  const current = present(config, 'the config');
  const hashSecret = hashesIn(resolved);
  const changes = Object.fromEntries(step.changes.map(({ field, to }) => [field, to]));
  const wanted = { ...readFields(current, hashSecret), ...changes };
  const fields = resolveFields(wanted, resolved);
  const updated = withFields(current, fields, resolved);
  await callCloudFront(context, 'UpdateDistribution', resource, async ({ replyLost }) => {
    try {
      await context.client.send(
        new UpdateDistributionCommand({ Id: step.id, IfMatch: ETag, DistributionConfig: updated }),
      );
    } catch (error) {
      if (awsErrorName(error).status !== 412) throw error;
      // An update whose reply was lost makes the next attempt find its own config there.
      const there = replyLost ? (await read()).DistributionConfig : undefined;
      if (there === undefined || !hasFields(there, fields, hashSecret)) throw changedMeanwhile(step.id);
    }
  });
  return {};
}

/**
 * What stands for the secrets that this run knows. Any other stays in the distribution as it is, and is told by nothing.
 */
function hashesIn(resolved: Resolved): (value: string) => string {
  const known = Object.entries(resolved).filter(([name]) => name.startsWith('secret.'));
  const hashes = new Map(known.map(([name, value]) => [value, name.slice('secret.'.length)]));
  return (value) => hashes.get(value) ?? 'kept';
}

function hasFields(
  config: DistributionConfig,
  fields: Readonly<Record<DistributionField, string>>,
  hashSecret: (value: string) => string,
): boolean {
  const there = readFields(config, hashSecret);
  return distributionFields.every((field) => there[field] === fields[field]);
}

const changedMeanwhile = (id: string): CdnpubError =>
  new CdnpubError('E_STALE', {
    message: `distribution ${id} was changed by somebody else meanwhile`,
    hints: ['run the same command again: it plans anew'],
  });

function resolveFields(fields: DistributionFields, resolved: Resolved): Readonly<Record<DistributionField, string>> {
  const entries = distributionFields.map((field) => [field, resolveField(fields[field], resolved)] as const);
  return Object.fromEntries(entries) as Record<DistributionField, string>;
}

const resolveField = (value: Value, resolved: Resolved): string =>
  typeof value === 'string' ? resolveEmbedded(value, resolved) : resolve(value, resolved);
