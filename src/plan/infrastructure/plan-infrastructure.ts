import type { Digest } from '../../model/digest.ts';
import type { EdgeProgram, EdgePrograms } from '../../model/edge-program.ts';
import type { FieldChange, HeadersPolicy, InfraStep } from '../../model/infrastructure.ts';
import { knownOrRef, type RefName } from '../../model/ref.ts';
import type { SiteRecord } from '../../model/site-record.ts';
import type { CdnSnapshot, Snapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';
import { bucketPolicy, holdsPolicy } from './bucket-policy.ts';
import { desiredFields, diffFields } from './distribution-fields.ts';
import { resourceNames } from './resource-names.ts';
import { cachePolicy, headersPolicy, oacName, policyName } from './shared-policies.ts';

export interface InfrastructureInput {
  readonly target: Target;
  readonly record: SiteRecord;
  readonly snapshot: Snapshot;
  /** What the response headers policy sets. */
  readonly policyHeaders: HeadersPolicy['set'];
  /** undefined without a distribution. */
  readonly programs: EdgePrograms | undefined;
  readonly notFoundKey: string;
  readonly digest: Digest;
}

export interface InfrastructurePlan {
  readonly steps: readonly InfraStep[];
  readonly distributionChanges: readonly FieldChange[];
}

/** What must be made or changed around the objects, in the order in which each step finds what it needs. */
export function planInfrastructure(input: InfrastructureInput): InfrastructurePlan {
  const bucket = bucketSteps(input);
  const { cdn } = input.snapshot;
  const { programs } = input;
  if (cdn === undefined || programs === undefined) return { steps: bucket, distributionChanges: [] };
  const edge = edgeSteps(input, cdn, programs.during);
  const distribution = distributionSteps(input, cdn);
  const steps = [...bucket, ...edge, ...distribution.steps, ...lateSteps(input, cdn, programs)];
  return { steps, distributionChanges: distribution.changes };
}

/** Bucket first, then its settings, then the site's record: whoever finds a record finds a finished bucket. */
function bucketSteps({ target, record, snapshot }: InfrastructureInput): InfraStep[] {
  const steps: InfraStep[] = [];
  const { bucket, region } = target;
  if (snapshot.bucket.kind === 'absent') {
    steps.push({ kind: 'createBucket', bucket, region, accountRegional: bucket.endsWith(`-${region}-an`) });
  }
  const ours = snapshot.bucket.kind === 'absent' || snapshot.bucket.owned;
  if (ours && snapshot.site === undefined) steps.push({ kind: 'configureBucket', bucket });
  else if (!snapshot.closed) steps.push({ kind: 'closeBucket', bucket });
  if (snapshot.site === undefined || snapshot.lostDistribution !== null)
    steps.push({ kind: 'writeSiteRecord', record });
  return steps;
}

/** Store, function and shared policies: what a distribution needs before it can be made. */
function edgeSteps(input: InfrastructureInput, cdn: CdnSnapshot, program: EdgeProgram): InfraStep[] {
  const names = resourceNames(input.record);
  const storeArn = knownOrRef(cdn.resolved, 'store.arn');
  const steps: InfraStep[] = [];
  if (cdn.store === undefined) steps.push({ kind: 'createStore', name: names.store });
  const code = program.viewerRequest;
  if (cdn.edgeFunction?.code !== code) {
    const step = { name: names.edgeFunction, code, storeArn };
    // A function must be LIVE before a distribution names it; once one does, a new text is an edge rule that changes.
    const isNew = cdn.distribution === undefined || cdn.edgeFunction === undefined;
    steps.push(isNew ? { kind: 'createFunction', ...step } : { kind: 'updateFunction', ...step, when: 'edge' });
  }
  return [...steps, ...sharedSteps(input, cdn)];
}

/** Rules shrink when edges have forgotten the pages that needed them, and no sooner. */
function lateSteps(
  { record }: InfrastructureInput,
  { resolved }: CdnSnapshot,
  { during, after }: EdgePrograms,
): readonly InfraStep[] {
  const { viewerRequest: code } = after;
  if (code === during.viewerRequest) return [];
  const name = resourceNames(record).edgeFunction;
  return [{ kind: 'updateFunction', name, code, storeArn: knownOrRef(resolved, 'store.arn'), when: 'late' }];
}

function sharedSteps({ policyHeaders, digest }: InfrastructureInput, cdn: CdnSnapshot): InfraStep[] {
  const content = headersPolicy(policyHeaders);
  const steps: readonly (InfraStep & { readonly makes: RefName })[] = [
    { kind: 'createOac', name: oacName, makes: 'oac.id' },
    { kind: 'createCachePolicy', name: policyName('cache', cachePolicy, digest), makes: 'cachePolicy.id' },
    { kind: 'createHeadersPolicy', name: policyName('headers', content, digest), content, makes: 'headersPolicy.id' },
  ];
  return steps
    .filter(({ makes }) => cdn.resolved[makes] === undefined)
    .map(({ makes: _, ...step }) => step as InfraStep);
}

function distributionSteps(
  input: InfrastructureInput,
  cdn: CdnSnapshot,
): { readonly steps: readonly InfraStep[]; readonly changes: readonly FieldChange[] } {
  const { target, record } = input;
  const names = resourceNames(record);
  const fields = desiredFields({ target, notFoundKey: input.notFoundKey, resolved: cdn.resolved });
  const statements = bucketPolicy(target, record.siteId, knownOrRef(cdn.resolved, 'distribution.arn'));
  const policy: InfraStep[] = holdsPolicy(input.snapshot.policy, statements)
    ? []
    : [{ kind: 'putBucketPolicy', bucket: target.bucket, statements }];
  if (cdn.distribution === undefined) {
    const { base: callerReference, comment } = names;
    return {
      steps: [
        { kind: 'createDistribution', callerReference, comment, fields },
        { kind: 'recordResources', record },
        ...policy,
      ],
      changes: [],
    };
  }
  const changes = diffFields(cdn.distribution.fields, fields);
  const update: InfraStep[] =
    changes.length === 0 ? [] : [{ kind: 'updateDistribution', id: cdn.distribution.id, changes }];
  const recorded = record.distribution?.id === cdn.distribution.id;
  return {
    steps: [...(recorded ? [] : [{ kind: 'recordResources', record } as const]), ...update, ...policy],
    changes,
  };
}
