const given = process.env.CDNPUB_CHAOS;

/** `npm run test:chaos` runs everything; `npm test` a slice of it that is always the same. */
export const isFull = given !== undefined;

/** `CDNPUB_CHAOS=full`, or a share of everything: `CDNPUB_CHAOS=0.1`. */
const share = given === 'full' ? 1 : Number(given ?? 0);

/** How many of so many to run; `few` in a slice. */
export const scale = (all: number, few: number): number => (isFull ? Math.ceil(all * share) : Math.min(all, few));

/** All items, or so many of them, evenly spread; `phase`, from 0 to 1, tells where in each stretch. */
export function slice<T>(items: readonly T[], few: number, phase = 0.5): readonly T[] {
  const count = scale(items.length, few);
  return Array.from({ length: count }, (_, at) => items[Math.floor(((at + phase) * items.length) / count)] as T);
}
