import type { CoverKey } from './cover-key.ts';

/** Whether an invalidation item throws an object out: its path, a prefix of it, or one of its tags, which have no case. */
export function reaches(item: string, { path, tags }: CoverKey): boolean {
  if (item.startsWith('#')) return tags.some((tag) => tag.toLowerCase() === item.slice(1).toLowerCase());
  return item.endsWith('*') ? path.startsWith(item.slice(0, -1)) : path === item;
}
