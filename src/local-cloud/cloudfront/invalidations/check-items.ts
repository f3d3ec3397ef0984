import { cloudFrontFault } from '../cloudfront-fault.ts';

/**
 * The items of an invalidation batch: paths and, where the distribution reads cache tags, `#tag`s.
 * @throws ServiceFault InvalidArgument, or BatchTooLarge past 3,000 items [facts §2].
 */
export function checkItems(items: readonly string[], readsTags: boolean): void {
  if (items.length === 0) throw cloudFrontFault('InvalidArgument', 'The parameter Paths is required.');
  if (items.length > 3000) throw cloudFrontFault('BatchTooLarge');
  const wrong = items.find((item) => !(item.startsWith('#') ? readsTags && isTag(item.slice(1)) : isPath(item)));
  if (wrong !== undefined) {
    throw cloudFrontFault('InvalidArgument', 'Your request contains one or more invalid invalidation paths.');
  }
}

/** Only a last `*` stands for what follows; anywhere else it is itself [doc Invalidation, facts §2]. */
export function isWildcard(item: string): boolean {
  return item.startsWith('/') && item.endsWith('*');
}

/**
 * Begins with `/`, at most 4,000 characters. "If the path includes non-ASCII characters or unsafe characters as defined
 * in RFC 1738, URL-encode those characters": space, controls and `< > " # { } | \ ^ [ ] ~` and backquote are refused,
 * and so is a `%` without two hexadecimal digits [cfg23 Invalidation; `~`: facts §0.3].
 */
function isPath(item: string): boolean {
  return item.length <= 4000 && /^\/(?:[!$&'()*+,\-./0-9:;=?@A-Z_a-z]|%[0-9A-Fa-f]{2})*$/.test(item);
}

/** ASCII 33 to 126 without comma, at most 256 characters [doc invalidation-by-tags, facts §0.1]. */
function isTag(tag: string): boolean {
  return /^[!-+\--~]{1,256}$/.test(tag);
}
