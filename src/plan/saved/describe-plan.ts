import type { StoredHeaders } from '../../model/asset.ts';
import type { Digest } from '../../model/digest.ts';
import type { InfraKind } from '../../model/infrastructure.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { Change, ChangeKind, InvalidationBatch, Plan } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';
import { isWork } from '../change-summary.ts';
import { keyOf } from '../objects/diff-objects.ts';

/** A plan as a file: what would be done, and by digests what it was made of. It holds no text of a program and no secret. */
export interface SavedPlan {
  readonly schema: 1;
  readonly kind: 'cdnpub plan';
  readonly target: Target;
  /** Minted with the plan where the site is new: names of what is made carry it. */
  readonly siteId: string;
  /** SHA-256 of all names, bytes and headers of the build. */
  readonly build: string;
  /** What was up there: ETags, or digests of what is more than one thing; null where there was nothing. */
  readonly saw: {
    readonly manifest: string | null;
    readonly site: string | null;
    readonly announcements: string;
    readonly objects: string;
    readonly distribution: string | null;
    readonly policy: string;
  };
  readonly does: {
    readonly changes: readonly SavedChange[];
    /** Each step with the digest of what it says. */
    readonly infrastructure: readonly { readonly kind: InfraKind; readonly digest: string }[];
    readonly invalidations: readonly InvalidationBatch[];
    readonly confirm: Plan['confirm'];
  };
}

interface SavedChange {
  readonly kind: ChangeKind;
  readonly key: string;
  readonly reason: string | null;
  readonly size: number | null;
  readonly headers: StoredHeaders | null;
}

/** Puts a plan down so that the same one can be told from any other. */
export function describePlan(made: {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  readonly inventory: Inventory;
  readonly digest: Digest;
}): SavedPlan {
  const { plan, snapshot, inventory } = made;
  const digestOf = (value: unknown) => made.digest(JSON.stringify(value));
  const { manifestEtag, site, announcements, objects, policy } = snapshot;
  return {
    schema: 1,
    kind: 'cdnpub plan',
    target: plan.target,
    siteId: plan.siteId,
    build: digestOf(inventory.assets.map(({ key, size, sha256, headers }) => [key, size, sha256, headers])),
    saw: {
      manifest: manifestEtag ?? null,
      site: site?.etag ?? null,
      announcements: digestOf(announcements.map(({ etag }) => etag)),
      objects: digestOf([...objects.values()].map(({ key, etag, lastModified }) => [key, etag, lastModified])),
      distribution: snapshot.cdn?.distribution === undefined ? null : digestOf(whatStands(snapshot.cdn)),
      policy: digestOf(policy),
    },
    does: {
      changes: plan.changes.filter(isWork).map(savedChange),
      infrastructure: plan.infrastructure.map((step) => ({ kind: step.kind, digest: digestOf(step) })),
      invalidations: plan.invalidations,
      confirm: plan.confirm,
    },
  };
}

/** Everything but the status, which changes by itself. */
const whatStands = ({ distribution, edgeFunction, responseFunction, store }: NonNullable<Snapshot['cdn']>) => [
  [distribution?.id, distribution?.enabled, distribution?.fields],
  [edgeFunction?.code, responseFunction?.code],
  [store?.arn, store?.keys === undefined ? null : [...store.keys]],
];

const savedChange = (change: Change): SavedChange => ({
  kind: change.kind,
  key: keyOf(change),
  reason: 'reason' in change ? change.reason : null,
  size: 'asset' in change ? change.asset.size : null,
  headers: 'asset' in change ? change.asset.headers : null,
});
