/** Values that any place may give. */
export interface LayerValues {
  readonly site?: string | undefined;
  readonly dir?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly cdn?: boolean | undefined;
  readonly wait?: boolean | undefined;
}

/** One place that settings come from, and how it is called in messages. */
export interface Layer {
  readonly values: LayerValues;
  sourceOf(key: string): string;
}

/** A value, where it came from, and the number of its layer. */
export interface Picked<T> {
  readonly value: T;
  readonly source: string;
  readonly layer: number;
}

/** The value of the first layer that has one; layers come strongest first. */
export function pick<K extends keyof LayerValues>(
  layers: readonly Layer[],
  key: K,
): Picked<NonNullable<LayerValues[K]>> | undefined {
  for (const [layer, { values, sourceOf }] of layers.entries()) {
    const value = values[key];
    if (value !== undefined) return { value, source: sourceOf(key), layer };
  }
  return undefined;
}
