import { canonicalPath } from '../../edge/canonical-path.ts';
import type { AnnouncedKey, Announcement } from '../../model/announcement.ts';
import type { StoredHeaders } from '../../model/asset.ts';
import type { Digest } from '../../model/digest.ts';
import type { InfraStep } from '../../model/infrastructure.ts';
import { stateSchema } from '../../model/manifest.ts';
import type { Change, Plan } from '../../model/plan.ts';
import { keyOf } from '../objects/diff-objects.ts';

/** What the plan is about to change, to be written before the first change is. */
export function announce(plan: Plan, now: number, digest: Digest): Announcement {
  return {
    schema: stateSchema,
    run: plan.release,
    release: plan.release,
    startedAt: now,
    keys: plan.changes.flatMap((change) => announceChange(change, digest)),
    ...announceEdge(plan),
    awaits: [],
  };
}

/** Tells one set of headers from another; the order in which they are written counts. */
export const headersHash = (headers: StoredHeaders, digest: Digest): string => digest(JSON.stringify(headers));

function announceEdge({ infrastructure, edge }: Plan): Pick<Announcement, 'edge' | 'source'> {
  const names = infrastructure.flatMap(nameStep);
  return { edge: [...new Set(names)], source: names.length === 0 ? null : (edge?.source ?? null) };
}

function nameStep(step: InfraStep): readonly string[] {
  if (step.kind === 'createFunction' || step.kind === 'updateFunction') return [`function ${step.name}`];
  if (step.kind === 'deletePolicy') return [`policy ${step.id}`];
  if (step.kind === 'createStore')
    return step.load === null ? [] : ['import', ...Object.keys(step.load.keys).map((key) => `store ${key}`)];
  if (step.kind === 'writeStore')
    return [...Object.keys(step.puts), ...Object.keys(step.secrets), ...step.deletes].map((key) => `store ${key}`);
  return step.kind === 'updateDistribution' ? step.changes.map(({ field }) => `field ${field}`) : [];
}

function announceChange(change: Change, digest: Digest): readonly AnnouncedKey[] {
  if (change.kind === 'keep' || change.kind === 'retain' || change.kind === 'forget') return [];
  const key = keyOf(change);
  const paths = [canonicalPath(key)];
  const etag = change.kind === 'add' ? null : change.etag;
  if (change.kind === 'delete')
    return [{ key, action: 'delete', etag, sha256: null, headersHash: null, paths, tags: [] }];
  const { sha256, headers } = change.asset;
  return [{ key, action: change.kind, etag, sha256, headersHash: headersHash(headers, digest), paths, tags: [] }];
}
