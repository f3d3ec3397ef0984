import type { InfraKind, InfraStep } from '../../model/infrastructure.ts';
import type { Change, Plan } from '../../model/plan.ts';
import { isWrite } from '../change-summary.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { isLate } from './is-late.ts';

/**
 * The order of every deploy. A barrier follows each wave, and nothing later runs after a failure, so that at every
 * instant a page that can be served finds the files it refers to:
 * files before the pages that need them, new pages before pages that link to them, removals after pages that linked to
 * them, the invalidation after the last overwrite and delete, and what open tabs may still need last of all.
 */
export const waveOrder = [
  'bucket', //          the bucket, its settings and the site's record
  'announce', //        what is about to change, so that a killed run leaves a trace
  'provision', //       store, function, policies, distribution, bucket policy: what is added
  'inherited', //       what the last run left behind its invalidation, now that it is Completed
  'fingerprinted', //   files that never change under their name
  'newAssets', //       all other files that are not pages; nothing asks for these yet
  'changedAssets', //   a style or script that stays may need a file that is new
  'newPages', //        nothing links to them yet
  'edge', //            the function and fields of the distribution that change
  'changedPages', //    their links are good by now
  'entryPages', //      root index, SPA page, 404 page
  'removedPages', //    no page links to them any more
  'invalidate', //      edges forget what was overwritten or deleted
  'late', //            service workers, version pointers, removed files
  'invalidateLate', //  edges forget those
  'commit', //          release, then manifest: from here on the deploy has happened
  'withdraw', //        the announcement, and those that were taken over
] as const;

export type WaveName = (typeof waveOrder)[number];

export interface Wave {
  readonly name: WaveName;
  readonly infrastructure: readonly InfraStep[];
  readonly writes: readonly Change[];
}

/** The plan's steps and writes, each in its wave; waves with nothing to do are there, empty. */
export function orderWaves(plan: Plan): readonly Wave[] {
  const writes = plan.changes.filter(isWrite);
  const early = new Set(plan.inherited.early);
  return waveOrder.map((name) => ({
    name,
    infrastructure: plan.infrastructure.filter((step) => waveOf(step) === name),
    writes: writes.filter((change) => waveOfWrite(change, early) === name),
  }));
}

/** Steps that say themselves when they are made. */
type TimedKind = Extract<InfraStep, { readonly when: string }>['kind'];

const waveOf = (step: InfraStep): WaveName => ('when' in step ? step.when : waveOfStep[step.kind]);

const waveOfStep = {
  createBucket: 'bucket',
  configureBucket: 'bucket',
  closeBucket: 'bucket',
  writeSiteRecord: 'bucket',
  askForState: 'bucket',
  createStore: 'provision',
  createFunction: 'provision',
  createOac: 'provision',
  createCachePolicy: 'provision',
  createHeadersPolicy: 'provision',
  createDistribution: 'provision',
  putBucketPolicy: 'provision',
  recordResources: 'provision',
} as const satisfies Record<Exclude<InfraKind, TimedKind>, WaveName>;

function waveOfWrite(change: Change, early: ReadonlySet<string>): WaveName {
  if (isLate(change)) return early.has(keyOf(change)) ? 'inherited' : 'late';
  if (!('asset' in change)) return 'removedPages';
  const { class: assetClass } = change.asset;
  if (assetClass === 'entry') return 'entryPages';
  if (assetClass === 'page') return change.kind === 'add' ? 'newPages' : 'changedPages';
  if (assetClass === 'fingerprinted') return 'fingerprinted';
  return change.kind === 'add' ? 'newAssets' : 'changedAssets';
}
