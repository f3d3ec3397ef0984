import type { AssetClass } from '../model/asset.ts';
import type { Digest } from '../model/digest.ts';
import { hasEdge } from '../model/has-edge.ts';
import type { InfraKind } from '../model/infrastructure.ts';
import type { Inventory } from '../model/inventory.ts';
import { type RunIdentity, stateSchema } from '../model/manifest.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Settings } from '../model/settings.ts';
import type { SiteRecord } from '../model/site-record.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { planEdge, type SiteEdge } from './edge/plan-edge.ts';
import type { Allowed } from './guards/guard.ts';
import { runGuards } from './guards/run-guards.ts';
import { readsTags } from './infrastructure/distribution-fields.ts';
import { planInfrastructure } from './infrastructure/plan-infrastructure.ts';
import { warnOrphans } from './infrastructure/warn-orphans.ts';
import { planInvalidation } from './invalidation/plan-invalidation.ts';
import { warnCaching } from './invalidation/warn-caching.ts';
import { diffObjects } from './objects/diff-objects.ts';
import { warnRewritten } from './objects/warn-rewritten.ts';
import { pruneRetained } from './retention/prune-retained.ts';
import { tellRollback } from './rollback/tell-rollback.ts';
import { isRecovery } from './state/is-recovery.ts';
import { inheritLate } from './waves/inherit-late.ts';

export interface PlanInput {
  readonly target: Target;
  readonly settings: Settings;
  readonly inventory: Inventory;
  readonly snapshot: Snapshot;
  readonly edge: SiteEdge;
  readonly classOf: (key: string) => AssetClass;
  readonly allowed: Allowed;
  readonly dirName: string;
  readonly run: RunIdentity;
  /** Ids minted for this run; the site's id is used only where the bucket has no record yet. */
  readonly ids: { readonly release: string; readonly siteId: string };
  /** Seconds since the epoch. */
  readonly now: number;
  readonly digest: Digest;
  readonly warnings: readonly string[];
}

/** Everything that a deploy would do, from what the build holds and what is up there. Pure: no I/O, no clock. */
export function planDeploy(input: PlanInput): Plan {
  const { target, snapshot, inventory } = input;
  const { assetsSeconds } = input.settings.retention;
  const found = diffObjects({ assets: inventory.assets, snapshot, classOf: input.classOf, now: input.now });
  const changes = pruneRetained(found, { manifest: snapshot.manifest, assetsSeconds, now: input.now });
  const record = snapshot.site?.value ?? newRecord(input);
  const { maxItems } = input.settings.invalidation;
  const inherited = inheritLate({ changes, snapshot, digest: input.digest });
  const edge = hasEdge(target)
    ? planEdge({ edge: input.edge, siteId: record.siteId, changes, snapshot, early: inherited.early })
    : undefined;
  const infrastructure = planInfrastructure({
    ...input,
    record,
    edge,
    notFoundKey: input.edge.source.notFound,
    policyHeaders: input.edge.source.policy,
  });
  return {
    schema: 1,
    target,
    release: input.ids.release,
    makesRelease: !isRecovery({ changes, infrastructure: infrastructure.steps }, snapshot),
    previousRelease: snapshot.manifest?.release ?? null,
    releaseBefore: snapshot.manifest?.previousRelease ?? null,
    previousRolledBackTo: snapshot.manifest?.rolledBackTo ?? null,
    rollback: null,
    edge: edge?.record ?? null,
    storeHashes: edge?.store.hashes ?? null,
    siteId: record.siteId,
    changes,
    readsTags: snapshot.cdn !== undefined && readsTags(snapshot.cdn),
    infrastructure: infrastructure.steps,
    distributionChanges: infrastructure.distributionChanges,
    invalidations: planInvalidation({ changes, snapshot, maxItems, early: inherited.early }),
    inherited,
    takesOver: snapshot.announcements.map(({ value }) => value.run),
    refusals: runGuards({ ...input, changes }),
    warnings: [
      ...input.warnings,
      ...(edge?.programs.warnings ?? []),
      ...warnRewritten(changes),
      ...lossWarning(snapshot),
      ...warnCaching(snapshot),
      ...warnOrphans(snapshot, target, record),
      ...tellRollback(snapshot.manifest),
    ],
    confirm: confirmation(
      infrastructure.steps.map(({ kind }) => kind),
      changes,
      snapshot,
    ),
  };
}

const lossWarning = ({ lostDistribution }: Snapshot): readonly string[] =>
  lostDistribution === null
    ? []
    : [`distribution ${lostDistribution} is gone; a new one is made, and the site's address changes`];

function newRecord({ target, ids, snapshot }: PlanInput): SiteRecord {
  return {
    schema: stateSchema,
    siteId: ids.siteId,
    site: target.site,
    generation: 1,
    distribution: null,
    storeArn: null,
    conditionalWrites: null,
    adopted: snapshot.bucket.kind === 'present' && !snapshot.bucket.owned,
  };
}

/** What creating, adopting or altering infrastructure, or overwriting a stranger's object, needs a yes for. */
function confirmation(steps: readonly InfraKind[], changes: readonly Change[], snapshot: Snapshot): Plan['confirm'] {
  const reasons: string[] = [];
  if (steps.some((kind) => kind.startsWith('create'))) reasons.push('creates infrastructure');
  if (alters(steps)) reasons.push('alters infrastructure');
  if (snapshot.bucket.kind === 'present' && !snapshot.bucket.owned) reasons.push('adopts a bucket');
  const foreign = changes.filter((change) => 'foreign' in change && change.foreign).length;
  if (foreign > 0)
    reasons.push(`overwrites ${foreign} ${foreign === 1 ? 'object' : 'objects'} that cdnpub did not publish`);
  return { needed: reasons.length > 0, reasons };
}

/** Whether something that stands already becomes different; the settings of what is made in the same run are part of making it. */
const alters = (steps: readonly InfraKind[]): boolean =>
  steps.includes('updateDistribution') ||
  steps.includes('closeBucket') ||
  (steps.includes('putBucketPolicy') && !steps.includes('createDistribution')) ||
  (steps.includes('configureBucket') && !steps.includes('createBucket'));
