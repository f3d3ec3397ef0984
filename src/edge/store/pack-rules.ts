import { byteLength } from '../../model/byte-length.ts';
import type { Digest } from '../../model/digest.ts';
import type { RedirectRule } from '../../model/redirect-rule.ts';
import { canonicalPath } from '../canonical-path.ts';
import { exactRuleData } from '../compile/rule-data.ts';
import type { ExactRule } from '../redirects/split-rules.ts';
import { type BucketsBefore, bucketBits, bucketKey, bucketOf, maxValueBytes, placeOf } from './buckets.ts';

export interface PackedRules {
  readonly bits: number;
  readonly store: ReadonlyMap<string, string>;
  /** Rules too long for a value of the store. */
  readonly left: readonly ExactRule[];
}

/**
 * Rules for single paths, packed by the digest of the path into values of the store: a line each, by path, those of one
 * path in their order. A rule that comes or goes rewrites one value; one that moves in its file rewrites none.
 */
export function packRules(options: {
  readonly exact: readonly ExactRule[];
  readonly isSoft: (rule: RedirectRule) => boolean;
  /** What a trace calls a rule; undefined without one. */
  readonly idOf: (rule: RedirectRule) => number | undefined;
  readonly digest: Digest;
  readonly before: BucketsBefore;
}): PackedRules {
  const lines = options.exact.map((one) => {
    const line = lineOf(one, options.isSoft(one.rule));
    return { one, line, size: byteLength(line) + 1, ...placeOf(one.path, options.digest) };
  });
  const packed = lines
    .filter(({ size }) => size <= maxLineBytes)
    .sort((a, b) => (a.one.path < b.one.path ? -1 : a.one.path > b.one.path ? 1 : 0));
  const bits = bucketBits(packed, { room: maxValueBytes - 1, before: options.before });
  const buckets = Array.from({ length: 2 ** bits }, (): string[] => []);
  for (const { line, hash, one } of packed) {
    const id = options.idOf(one.rule);
    buckets[bucketOf(hash, bits)]?.push(id === undefined ? line : `${line} ${id}`);
  }
  const values = buckets.map((bucket, i): [string, string] => [bucketKey('r', bits, i), `.\n${bucket.join('\n')}`]);
  return {
    bits,
    store: new Map(values),
    left: lines.filter(({ size }) => size > maxLineBytes).map(({ one }) => one),
  };
}

/** A third of a value, so that some fit into each. */
const maxLineBytes = 340;

/** `/old 301 /new`; see `templates/edge/stored-rules.js`. */
function lineOf({ rule, path, slash }: ExactRule, soft: boolean): string {
  const flags = `${soft ? 's' : ''}${slash === 'with' ? 'w' : slash === 'without' ? 'o' : ''}`;
  return `${canonicalPath(path.slice(1))} ${rule.status}${flags} ${String(exactRuleData(rule, path, slash).to)}`;
}
