/** Lays one object over another: objects merge, all else is replaced. */
export function mergeObjects<A extends object, B extends object>(under: A, over: B): A & B {
  const below = new Map<string, unknown>(Object.entries(under));
  const laid = Object.entries(over)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, mergeValues(below.get(key), value)] as const);
  return { ...under, ...Object.fromEntries(laid) } as A & B;
}

const mergeValues = (under: unknown, over: unknown): unknown =>
  isPlain(under) && isPlain(over) ? mergeObjects(under, over) : over;

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
