import type { ProgramsInput } from '../../edge/compile-programs.ts';
import type { EdgePrograms, EdgeSecret } from '../../model/edge-program.ts';
import type { EdgeOrigin, EdgeSource } from '../../model/edge-source.ts';
import type { EdgeRecord } from '../../model/manifest.ts';
import type { Change } from '../../model/plan.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { isPageKey } from '../page-key.ts';
import { leftBehind } from '../waves/inherit-late.ts';
import { withOlderRules } from './older-rules.ts';
import { planStore, type StorePlan } from './plan-store.ts';
import { samplePaths } from './sample-paths.ts';

/** What is to run at the edge: compiled when it is known which files stay and which go. */
export interface SiteEdge {
  readonly source: EdgeSource;
  /** Throws `E_EDGE_SIZE`. */
  readonly compile: (input: Omit<ProgramsInput, 'tools'>) => EdgePrograms;
  /** A hash of a value of the store, with a key of the site's own, so that no secret can be told by it. */
  readonly hash: (value: string, siteId: string) => string;
  /** What the store holds of a secret. */
  readonly secretValue: (secret: EdgeSecret, siteId: string) => string;
}

interface EdgeInput {
  readonly edge: SiteEdge;
  readonly changes: readonly Change[];
  readonly siteId: string;
  readonly snapshot: Pick<Snapshot, 'manifest' | 'announcements' | 'completed' | 'cdn'>;
  /** Removed files that no page asks for any more. */
  readonly early: readonly string[];
}

/** What is to run at the edge. */
export interface EdgePlan {
  /** What runs while the deploy is under way, and after it. */
  readonly programs: EdgePrograms;
  readonly store: StorePlan;
  /** Paths of the site that functions are tried on. */
  readonly samples: readonly string[];
  readonly record: EdgeRecord;
  /** Other servers on the same distribution, and what stands in a plan for the secrets that they are told. */
  readonly origins: readonly EdgeOrigin[];
  readonly hashOfSecret: (secret: EdgeSecret) => string;
}

/**
 * The programs of a deploy. What edges may still hold pages of counts as being up there: the last finished deploy, one
 * whose late part is left, and those that began and never ended.
 */
export function planEdge({ edge, siteId, changes, snapshot, early }: EdgeInput): EdgePlan {
  const { after, leaving } = edgeKeys(changes, new Set(early));
  const last = snapshot.manifest?.edge ?? null;
  const [first = edge.source, ...others] = sourcesBefore(snapshot);
  const before = {
    keys: leaving,
    source: withOlderRules(first, others),
    layout: last?.layout ?? { paths: null, rules: null },
  };
  const programs = edge.compile({ before, after: { keys: after, source: edge.source } });
  const hashOf = (value: string) => edge.hash(value, siteId);
  const hashOfSecret = (secret: EdgeSecret) => hashOf(edge.secretValue(secret, siteId));
  const store = planStore({ programs, known: snapshot.cdn?.store?.keys, hashOf, hashOfSecret });
  const samples = samplePaths(changes, edge.source);
  return {
    ...{ programs, store, samples, hashOfSecret, origins: edge.source.origins },
    record: { source: edge.source, layout: programs.layout, running: before.source },
  };
}

/** Edges have forgotten what the rules of a late part were kept for, once its time has come. */
function sourcesBefore(snapshot: EdgeInput['snapshot']): readonly EdgeSource[] {
  const last = snapshot.manifest?.edge;
  const running = leftBehind(snapshot) === undefined ? last?.running : null;
  const begun = snapshot.announcements.map(({ value }) => value.source);
  return [last?.source, running, ...begun].filter((source) => source != null);
}

/**
 * `after`: what the bucket holds of the site when the deploy is done, files kept for open tabs included. `leaving`:
 * files that go in the late part; until then a page that an edge still holds may ask for them. Removed pages are not
 * among them: a page of the new build may answer the same address, and an address whose page goes may answer with the
 * 404 page as soon as nothing new links to it.
 */
function edgeKeys(
  changes: readonly Change[],
  early: ReadonlySet<string>,
): {
  readonly after: readonly string[];
  readonly leaving: readonly string[];
} {
  const after: string[] = [];
  const leaving: string[] = [];
  for (const change of changes) {
    if ('asset' in change) after.push(change.asset.key);
    else if (change.kind === 'retain') after.push(change.entry.key);
    else if (change.kind === 'delete' && isAskedFor(change.entry.key, early)) leaving.push(change.entry.key);
  }
  return { after, leaving };
}

const isAskedFor = (key: string, early: ReadonlySet<string>): boolean => !isPageKey(key) && !early.has(key);
