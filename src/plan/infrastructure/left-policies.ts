import type { FieldChange, InfraStep } from '../../model/infrastructure.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/**
 * Deletes the policies that the distribution leaves, or that a run which ended before it came to this was to delete:
 * CloudFront allows an account 20 of each kind, and each change of a header that all answers carry makes a new one.
 * Others that nothing seems to use are left alone: the deploy of another site may be about to use them.
 */
export function leftPolicies(
  { cdn, announcements }: Pick<Snapshot, 'cdn' | 'announcements'>,
  changes: readonly FieldChange[],
): readonly InfraStep[] {
  if (cdn?.distribution === undefined) return [];
  const announced = announcements.flatMap(({ value }) => value.edge.filter((name) => name.startsWith(prefix)));
  const left = new Set([
    ...changes.filter(({ field }) => field.endsWith('PolicyId')).map(({ from }) => from),
    ...changes.filter(({ field }) => field === 'CacheBehaviors').flatMap(({ from }) => policiesIn(from)),
    ...announced.map((name) => name.slice(prefix.length)),
  ]);
  const wanted = Object.entries(cdn.resolved).flatMap(([name, id]) =>
    /^(?:cache|headers)Policy\./.test(name) ? [id] : [],
  );
  return cdn.policies
    .filter(({ id }) => left.has(id) && !wanted.includes(id))
    .map(({ kind: policy, id }) => ({ kind: 'deletePolicy', policy, id, when: 'late' }));
}

/** How announcements name such a policy. */
const prefix = 'policy ';

/** Ids of the cache policies in the text of behaviours. */
const policiesIn = (text: string): readonly string[] => [...text.matchAll(/ cache=(\S+)/g)].map(([, id = '']) => id);
