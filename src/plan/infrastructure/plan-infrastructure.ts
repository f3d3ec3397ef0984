import { canonicalPath } from '../../edge/canonical-path.ts';
import type { Digest } from '../../model/digest.ts';
import type { EdgeProgram, EdgeSecret } from '../../model/edge-program.ts';
import type { EdgeOrigin } from '../../model/edge-source.ts';
import type { FieldChange, HeadersPolicy, InfraStep } from '../../model/infrastructure.ts';
import { embedded, knownOrRef, type RefName, type Value } from '../../model/ref.ts';
import type { SiteRecord } from '../../model/site-record.ts';
import type { CdnSnapshot, Snapshot } from '../../model/snapshot.ts';
import { siteRecordKey } from '../../model/state-keys.ts';
import type { Target } from '../../model/target.ts';
import type { EdgePlan } from '../edge/plan-edge.ts';
import { bucketPolicy, holdsPolicy, stateStatement } from './bucket-policy.ts';
import { desiredFields, diffFields } from './distribution-fields.ts';
import { edgeSteps, lateEdgeSteps } from './edge-steps.ts';
import { leftPolicies } from './left-policies.ts';
import { addsEntries, type OriginFields, originFields, originSecrets, withVanishing } from './origin-fields.ts';
import { resourceNames } from './resource-names.ts';
import { cachePolicies, headersPolicy, oacName, policyName } from './shared-policies.ts';

export interface InfrastructureInput {
  readonly target: Target;
  readonly record: SiteRecord;
  readonly snapshot: Snapshot;
  /** What the response headers policy sets. */
  readonly policyHeaders: HeadersPolicy['set'];
  /** undefined without a distribution. */
  readonly edge: Pick<EdgePlan, 'programs' | 'store' | 'samples' | 'origins' | 'hashOfSecret'> | undefined;
  readonly notFoundKey: string;
  readonly digest: Digest;
}

export interface InfrastructurePlan {
  readonly steps: readonly InfraStep[];
  readonly distributionChanges: readonly FieldChange[];
}

/** What must be made or changed around the objects, in the order in which each step finds what it needs. */
export function planInfrastructure(input: InfrastructureInput): InfrastructurePlan {
  const bucket = input.target.manage === 'content' ? contentSteps(input) : bucketSteps(input);
  const { edge, record } = input;
  const { cdn } = input.snapshot;
  if (cdn === undefined || edge === undefined) return { steps: bucket, distributionChanges: [] };
  const { programs, store, samples } = edge;
  const distribution = distributionSteps(input, cdn, edge);
  const steps = [
    ...bucket,
    ...edgeSteps({ target: input.target, record, cdn, programs, store, samples }),
    ...sharedSteps(input, cdn, edge.origins),
    ...distribution.steps,
    ...lateEdgeSteps({ record, cdn, programs, store, samples }),
    ...leftPolicies(input.snapshot, distribution.changes),
  ];
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

/** The infrastructure is somebody else's: cdnpub leaves its record, and makes sure that not everybody can read it. */
function contentSteps({ target, record, snapshot }: InfrastructureInput): InfraStep[] {
  const writing: InfraStep[] = snapshot.site === undefined ? [{ kind: 'writeSiteRecord', record }] : [];
  const caching = snapshot.cdn?.caching;
  if (caching === undefined || snapshot.manifest !== undefined) return writing;
  const folders = [target.prefix, ...(caching.kind === 'by path' ? [caching.folder] : [])];
  const paths = [...new Set(folders)].map((folder) => canonicalPath(folder + siteRecordKey));
  const { siteId } = record;
  return [...writing, { kind: 'askForState', paths, deny: stateStatement(target, siteId), siteId }];
}

function sharedSteps(
  { policyHeaders, digest }: InfrastructureInput,
  cdn: CdnSnapshot,
  origins: readonly EdgeOrigin[],
): readonly InfraStep[] {
  const content = headersPolicy(policyHeaders);
  const isMissing = (name: RefName) => cdn.resolved[name] === undefined;
  const policies = [...cachePolicies(origins)].filter(([makes]) => isMissing(makes));
  return [
    ...(isMissing('oac.id') ? [{ kind: 'createOac', name: oacName } as const] : []),
    ...policies.map(([makes, cache]): InfraStep => {
      return { kind: 'createCachePolicy', name: policyName('cache', cache, digest), content: cache, makes };
    }),
    ...(isMissing('headersPolicy.id')
      ? [{ kind: 'createHeadersPolicy', name: policyName('headers', content, digest), content } as const]
      : []),
  ];
}

function distributionSteps(
  input: InfrastructureInput,
  cdn: CdnSnapshot,
  { programs: { during, after }, origins, hashOfSecret }: NonNullable<InfrastructureInput['edge']>,
): { readonly steps: readonly InfraStep[]; readonly changes: readonly FieldChange[] } {
  const { target, record } = input;
  const { base: callerReference, comment } = resourceNames(record);
  const wanted = originFields({ origins, resolved: cdn.resolved, hashOf: hashOfSecret, digest: input.digest });
  const secrets = originSecrets(origins, hashOfSecret);
  const fieldsOf = ({ viewerResponse }: EdgeProgram, others: OriginFields) =>
    desiredFields({
      ...{ target, notFoundKey: input.notFoundKey, resolved: cdn.resolved, origins: others },
      responseFunction:
        viewerResponse === null ? othersFunction(cdn) : knownOrRef(cdn.resolved, 'responseFunction.arn'),
    });
  const fields = fieldsOf(during, withVanishingOrigins(cdn, wanted));
  const statements = bucketPolicy(target, record.siteId, knownOrRef(cdn.resolved, 'distribution.arn'));
  const policy: InfraStep[] = holdsPolicy(input.snapshot.policy, statements)
    ? []
    : [{ kind: 'putBucketPolicy', bucket: target.bucket, statements }];
  const recording: InfraStep = { kind: 'recordResources', record };
  const late = diffFields(fields, fieldsOf(after, wanted));
  if (cdn.distribution === undefined) {
    return {
      steps: [{ kind: 'createDistribution', callerReference, comment, fields, secrets }, recording, ...policy],
      changes: [],
    };
  }
  const { id } = cdn.distribution;
  const changes = diffFields(cdn.distribution.fields, fields);
  const recorded = record.distribution?.id === id;
  return {
    steps: [...(recorded ? [] : [recording]), ...updateSteps(id, changes, secrets), ...policy, ...lateUpdate(id, late)],
    changes: [...changes, ...late],
  };
}

/** What the owner attached to answers stays while the site has nothing to do there. */
function othersFunction({ distribution, resolved }: CdnSnapshot): Value {
  const attached = distribution?.fields['DefaultCacheBehavior.ViewerResponseFunction'] ?? '';
  return attached === resolved['responseFunction.arn'] ? '' : attached;
}

/** Behaviours and origins go when no edge holds a page that asks for them. */
function withVanishingOrigins({ distribution }: CdnSnapshot, wanted: OriginFields): OriginFields {
  const there = (field: keyof OriginFields): string => embedded(distribution?.fields[field] ?? '');
  return withVanishing({ Origins: there('Origins'), CacheBehaviors: there('CacheBehaviors') }, wanted);
}

/** What pages of the new build may need is at every edge before they go up; all else changes with the edge rules. */
function updateSteps(
  id: string,
  changes: readonly FieldChange[],
  secrets: Readonly<Record<string, EdgeSecret>>,
): readonly InfraStep[] {
  const grows = changes.some(({ field, from, to }) => field === 'CacheBehaviors' && addsEntries(from, embedded(to)));
  const isAddition = ({ field, to }: FieldChange) =>
    field === 'DefaultCacheBehavior.ViewerResponseFunction'
      ? to !== ''
      : grows && (field === 'Origins' || field === 'CacheBehaviors');
  const added = changes.filter(isAddition);
  const others = changes.filter((change) => !isAddition(change));
  const steps: readonly InfraStep[] = [
    { kind: 'updateDistribution', id, changes: added, secrets, when: 'provision', wait: true },
    { kind: 'updateDistribution', id, changes: others, secrets, when: 'edge', wait: false },
  ];
  return steps.filter((step) => step.kind === 'updateDistribution' && step.changes.length > 0);
}

const lateUpdate = (id: string, changes: readonly FieldChange[]): readonly InfraStep[] =>
  changes.length === 0 ? [] : [{ kind: 'updateDistribution', id, changes, secrets: {}, when: 'late', wait: true }];
