import { ServiceFault } from '../../service-fault.ts';
import type { Bucket } from '../model.ts';
import { compareKeys } from '../sorted-keys.ts';

export interface PageQuery {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only keys and common prefixes after it. */
  readonly after: string;
  /** 0 to 1,000. */
  readonly maxKeys: number;
}

export interface Page {
  /** Keys and common prefixes in UTF-8 order. */
  readonly items: readonly PageItem[];
  readonly isTruncated: boolean;
}

export type PageItem = { readonly kind: 'key' | 'prefix'; readonly name: string };

/** One page of the keys for which `isListed`, those with a further delimiter rolled up into common prefixes. */
export function listPage(bucket: Bucket, query: PageQuery, isListed: (key: string) => boolean): Page {
  const items: PageItem[] = [];
  let isBefore = (key: string) => compareKeys(key, query.prefix) < 0 || isPassed(key, query);
  for (;;) {
    const next = firstItem(bucket, query, isBefore, isListed, items);
    if (next === undefined) return { items, isTruncated: false };
    if (next === 'full') return { items, isTruncated: query.maxKeys > 0 };
    items.push(next);
    isBefore = (key) => key.startsWith(next.name) || compareKeys(key, next.name) < 0;
  }
}

/** `max-keys`, which S3 cuts at 1,000. @throws ServiceFault InvalidArgument */
export function readMaxKeys(query: URLSearchParams, name = 'max-keys'): number {
  const text = query.get(name);
  if (text === null || text === '') return 1000;
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= 0 && value <= 2_147_483_647) return Math.min(value, 1000);
  const details = { ArgumentName: name, ArgumentValue: text };
  const message = `Argument ${name} must be an integer between 0 and 2147483647`;
  throw new ServiceFault(400, 'InvalidArgument', message, { details });
}

/**
 * Adds plain keys to `items` until a common prefix, the end or a full page is reached. A prefix is given back instead
 * of added, so that the walk goes on behind everything under it.
 */
function firstItem(
  bucket: Bucket,
  query: PageQuery,
  isBefore: (key: string) => boolean,
  isListed: (key: string) => boolean,
  items: PageItem[],
): PageItem | 'full' | undefined {
  for (const key of bucket.keys.from(isBefore)) {
    if (!key.startsWith(query.prefix)) return undefined;
    if (!isListed(key)) continue;
    if (items.length >= query.maxKeys) return 'full';
    const common = commonPrefix(key, query);
    if (common !== undefined) return { kind: 'prefix', name: common };
    items.push({ kind: 'key', name: key });
  }
  return undefined;
}

function isPassed(key: string, query: PageQuery): boolean {
  if (query.after === '') return false;
  if (compareKeys(key, query.after) <= 0) return true;
  // Behind a common prefix means behind all of its keys.
  return commonPrefix(query.after, query) === query.after && key.startsWith(query.after);
}

function commonPrefix(key: string, { prefix, delimiter }: PageQuery): string | undefined {
  if (delimiter === '' || !key.startsWith(prefix)) return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
