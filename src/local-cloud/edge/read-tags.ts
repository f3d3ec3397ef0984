import { type HeaderLines, headerValue } from './header-lines.ts';

/** "CloudFront processes up to 50 tags for each object"; the rest are left aside [doc invalidation-by-tags]. */
const mostTags = 50;

/**
 * The cache tags of an answer of the origin: separated by commas, trimmed, "case-insensitive", of printable ASCII and at
 * most 256 characters [doc invalidation-by-tags]. Without a header to read there are none.
 */
export function readTags(headers: HeaderLines, header: string | undefined): readonly string[] {
  if (header === undefined) return [];
  const tags = (headerValue(headers, header) ?? '').split(',').map((tag) => tag.trim().toLowerCase());
  return tags.filter((tag) => /^[!-~]{1,256}$/.test(tag)).slice(0, mostTags);
}
