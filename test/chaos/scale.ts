/** `npm run test:chaos` runs everything; `npm test` a slice of it that is always the same. */
export const isFull = process.env.CDNPUB_CHAOS === 'full';

/** All items, or so many of them, evenly spread. */
export function slice<T>(items: readonly T[], count: number): readonly T[] {
  if (isFull || items.length <= count) return items;
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)] as T);
}
