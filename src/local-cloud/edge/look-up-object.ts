import type { Readable } from 'node:stream';
import { type CacheEntry, isError } from './cache-entry.ts';
import type { EdgeCache, Fill } from './edge-cache.ts';
import type { EdgeContext, ObjectPlan } from './edge-context.ts';
import { type FillOutcome, fillEntry, staleEntry } from './fill-entry.ts';
import type { HeaderLines } from './header-lines.ts';
import type { CacheResult } from './reply.ts';

export type LookUp =
  | {
      readonly kind: 'entry';
      readonly entry: CacheEntry;
      readonly cache: CacheResult;
      /** Whether a cache may hold it. */
      readonly keep: boolean;
      /** Where it came from a cache. */
      readonly ageSeconds?: number;
    }
  | { readonly kind: 'stream'; readonly status: number; readonly headers: HeaderLines; readonly body: Readable };

export interface CachedContext extends EdgeContext {
  readonly cache: EdgeCache<FillOutcome>;
  /** The cache that is asked in place of the origin. */
  readonly region?: CachedContext;
  /** Takes in the invalidations that this cache can see by now. */
  readonly takeInvalidations: (distributionId: string) => void;
}

/**
 * Finds a key's object: fresh in the cache, or fetched, with one fetch at a time for a key ("request collapsing").
 * Those who waited for a fetch whose answer must not be shared fetch for themselves.
 */
export async function lookUpObject(context: CachedContext, plan: ObjectPlan): Promise<LookUp> {
  const { cache, clock } = context;
  context.takeInvalidations(plan.distribution.id);
  const known = cache.get(plan.key.id);
  if (known !== undefined && clock.now() < known.freshUntil) return fromCache(known, clock.now());
  const running = cache.fillOf(plan.key.id);
  if (known !== undefined && clock.now() < known.revalidatableUntil) {
    if (running === undefined) fillBehind(context, plan, known);
    return fromCache(known, clock.now());
  }
  if (running !== undefined) {
    const outcome = await running.result;
    if (isShareable(outcome, clock.now())) return fromCache(outcome.entry, clock.now());
  }
  return beginFill(context, plan, cache.get(plan.key.id)).result;
}

/** The same past the cache: for methods that are not cached and policies that allow no caching. */
export async function fetchUncached(context: CachedContext, plan: ObjectPlan): Promise<LookUp> {
  return fillEntry(context, plan, { method: plan.request.method });
}

/** `stale-while-revalidate`: the viewer has its answer already, so a body too large for the cache is left unread. */
function fillBehind(context: CachedContext, plan: ObjectPlan, known: CacheEntry): void {
  const { result } = beginFill(context, plan, known);
  result.then(
    (outcome) => (outcome.kind === 'stream' ? outcome.body.destroy() : undefined),
    () => undefined,
  );
}

function beginFill(context: CachedContext, plan: ObjectPlan, expired: CacheEntry | undefined): Fill<FillOutcome> {
  return context.cache.begin(plan.key, (state) => fillAndKeep(context, plan, state, expired));
}

/** A fill that an invalidation overtook is delivered to who waits for it, and kept by nobody. */
async function fillAndKeep(
  context: CachedContext,
  plan: ObjectPlan,
  state: { readonly dropped: boolean; readonly droppedTags: ReadonlySet<string> },
  expired: CacheEntry | undefined,
): Promise<FillOutcome> {
  // HEAD and GET share a key, so a HEAD fetches the whole object for both.
  const method = plan.request.method === 'OPTIONS' ? 'OPTIONS' : 'GET';
  const options = { method, ...(expired === undefined ? {} : { expired }) };
  const { region } = context;
  const outcome = await (region === undefined
    ? fillEntry(context, plan, options)
    : fillFromRegion(context, region, { plan, expired }));
  context.takeInvalidations(plan.distribution.id);
  if (state.dropped || outcome.kind === 'stream') return outcome;
  if (outcome.entry.tags.some((tag) => state.droppedTags.has(tag))) return outcome;
  if (outcome.keep) context.cache.put(outcome.entry);
  else context.cache.remove(plan.key.id);
  return outcome;
}

/**
 * Takes an object from the regional cache, which asks the origin where it has to. What comes from there is as old as it
 * was there, so that its time is not counted twice.
 */
async function fillFromRegion(
  { clock }: CachedContext,
  region: CachedContext,
  { plan, expired }: { readonly plan: ObjectPlan; readonly expired: CacheEntry | undefined },
): Promise<FillOutcome> {
  const found = await lookUpObject(region, plan);
  if (found.kind === 'stream') return found;
  const { entry, keep, cache } = found;
  const replacement = entry.originStatus < 500 ? undefined : staleEntry(plan, expired, entry.originStatus, clock.now());
  return replacement ?? { kind: 'entry', entry, keep, cache: cache === 'Hit' ? 'Miss' : cache };
}

function fromCache(entry: CacheEntry, now: number): LookUp {
  const ageSeconds = Math.max(0, Math.floor((now - entry.storedAt) / 1000));
  return { kind: 'entry', entry, cache: isError(entry) ? 'Error' : 'Hit', keep: true, ageSeconds };
}

function isShareable(outcome: FillOutcome, now: number): outcome is Extract<FillOutcome, { kind: 'entry' }> {
  return outcome.kind === 'entry' && outcome.keep && now < outcome.entry.freshUntil;
}
