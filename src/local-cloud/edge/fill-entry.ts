import type { Readable } from 'node:stream';
import { type CacheEntry, isError } from './cache-entry.ts';
import { type Answer, compressAnswer } from './compress-answer.ts';
import { computeErrorTtl, minErrorTtl } from './compute-error-ttl.ts';
import { computeFreshness } from './compute-freshness.ts';
import type { EdgeContext, ObjectPlan } from './edge-context.ts';
import { fetchErrorPage } from './fetch-error-page.ts';
import { fetchObject } from './fetch-object.ts';
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from './header-lines.ts';
import { readTags } from './read-tags.ts';
import type { CacheResult } from './reply.ts';

/** What a fetch for one cache key brought. */
export type FillOutcome =
  | {
      readonly kind: 'entry';
      readonly entry: CacheEntry;
      readonly cache: CacheResult;
      /** Whether the cache may hold it, if only to ask the origin about it. */
      readonly keep: boolean;
    }
  | { readonly kind: 'stream'; readonly status: number; readonly headers: HeaderLines; readonly body: Readable };

/** Fetches a key's object or checks an expired copy, and works out how long the answer holds. Never rejects on faults. */
export async function fillEntry(
  context: EdgeContext,
  plan: ObjectPlan,
  options: { readonly method: string; readonly expired?: CacheEntry },
): Promise<FillOutcome> {
  const { method, expired } = options;
  const fetched = await fetchObject(context, plan, { method, conditions: expired?.conditions ?? [] });
  if (fetched.kind === 'stream') return fetched;
  const { answer } = fetched;
  const now = context.clock.now();
  if (answer.status === 304 && expired !== undefined) return refreshed(plan, expired, answer.headers, now);
  const replacement = answer.status < 500 ? undefined : staleEntry(plan, expired, answer.status, now);
  if (replacement !== undefined) return replacement;
  if (answer.status >= 400) return failed(context, plan, answer, now);
  const entry = { ...(await compressAnswer(answer, allowedEncodings(plan))), ...holding(plan, answer, now) };
  return { kind: 'entry', entry, cache: 'Miss', keep: computeFreshness(answer.headers, plan.policy, now).storable };
}

/** "When you set the TTL values to zero, CloudFront doesn't compress"; nor where the policy lists Accept-Encoding. */
function allowedEncodings({ behavior, policy, key }: ObjectPlan): CacheEntry['key']['encodings'] {
  const listed = policy.headers.some((name) => name.toLowerCase() === 'accept-encoding');
  return behavior.compress && policy.maxTtlSeconds > 0 && !listed ? key.encodings : [];
}

/** All of an entry but the answer itself. */
function holding(
  plan: ObjectPlan,
  answer: Pick<Answer, 'status' | 'headers'>,
  now: number,
): Omit<CacheEntry, keyof Answer> {
  const freshness = computeFreshness(answer.headers, plan.policy, now);
  const freshUntil = now + freshness.ttlSeconds * 1000;
  return {
    key: plan.key,
    tags: readTags(answer.headers, plan.distribution.tagHeader),
    originStatus: answer.status,
    storedAt: now,
    freshUntil,
    usableUntil: freshUntil + freshness.staleIfErrorSeconds * 1000,
    revalidatableUntil: freshUntil + freshness.staleWhileRevalidateSeconds * 1000,
    conditions: conditionsOf(answer.headers),
  };
}

/** "CloudFront adds an If-None-Match header that contains the ETag and an If-Modified-Since header." */
function conditionsOf(headers: HeaderLines): HeaderLines {
  const pairs = [
    ['if-none-match', headerValue(headers, 'etag')],
    ['if-modified-since', headerValue(headers, 'last-modified')],
  ] as const;
  return pairs.flatMap(([name, value]): HeaderLines => (value === undefined ? [] : [[name, value]]));
}

function refreshed(plan: ObjectPlan, expired: CacheEntry, headers: HeaderLines, now: number): FillOutcome {
  // The copy may be compressed: what describes its own bytes stays ("CloudFront doesn't compress the object on a 304").
  const news = withoutHeaders(headers, ['content-length', 'content-encoding', 'content-type', 'etag', 'vary']);
  const merged = withHeaders(expired.headers, news);
  const { storable } = computeFreshness(merged, plan.policy, now);
  const renewed = {
    ...holding(plan, { status: expired.originStatus, headers: merged }, now),
    conditions: expired.conditions,
    // A copy from before the distribution read tags stays without.
    tags: expired.tags,
  };
  return { kind: 'entry', entry: { ...expired, headers: merged, ...renewed }, cache: 'RefreshHit', keep: storable };
}

/**
 * "If your origin returns a 5xx status code, CloudFront serves the object even though it has expired. For the duration
 * of the error caching minimum TTL, CloudFront continues to respond by serving the object from the edge cache."
 * Undefined where there is no expired copy, or none that may still be used.
 */
export function staleEntry(
  plan: ObjectPlan,
  expired: CacheEntry | undefined,
  status: number,
  now: number,
): FillOutcome | undefined {
  if (expired === undefined || isError(expired) || now >= expired.usableUntil) return undefined;
  const freshUntil = now + minErrorTtl(plan.distribution.errorResponses, status) * 1000;
  return { kind: 'entry', entry: { ...expired, freshUntil }, cache: 'Hit', keep: true };
}

async function failed(context: EdgeContext, plan: ObjectPlan, answer: Answer, now: number): Promise<FillOutcome> {
  const ttlSeconds = computeErrorTtl({
    ...answer,
    errorResponses: plan.distribution.errorResponses,
    maxTtlSeconds: plan.policy.maxTtlSeconds,
    now,
  });
  const page = (await fetchErrorPage(context, plan, answer.status)) ?? answer;
  const shown = await compressAnswer(page, allowedEncodings(plan));
  const freshUntil = now + ttlSeconds * 1000;
  const times = { storedAt: now, freshUntil, usableUntil: freshUntil, revalidatableUntil: freshUntil };
  const entry = { ...shown, key: plan.key, tags: [], originStatus: answer.status, ...times, conditions: [] };
  return { kind: 'entry', entry, cache: 'Error', keep: ttlSeconds > 0 };
}
