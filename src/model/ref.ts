/** Names of the values that exist only once an earlier step has made the thing. */
export type RefName =
  | 'oac.id'
  | 'cachePolicy.id'
  | 'headersPolicy.id'
  | 'store.arn'
  /** `yes` where the store was made with its data in it; empty where it was there already. */
  | 'store.loaded'
  /** Of the store's keys, as the last write left them; empty where somebody else wrote meanwhile. */
  | 'store.etag'
  | 'function.arn'
  | 'responseFunction.arn'
  /** Compute utilisation of a function that was published, as CloudFront tells it: from 0 to 100. */
  | 'compute.request'
  | 'compute.response'
  | 'distribution.id'
  | 'distribution.arn'
  | 'distribution.domain';

/** A value unknown until apply. */
export interface Ref {
  readonly ref: RefName;
}

export type Value = string | Ref;

export const ref = (name: RefName): Ref => ({ ref: name });

export type Resolved = Readonly<Partial<Record<RefName, string>>>;

/** The value where it is known already, else a reference to the step that makes it. */
export const knownOrRef = (resolved: Resolved, name: RefName): Value => resolved[name] ?? ref(name);

/** The value itself; a `Ref` that no earlier step has resolved is a bug. */
export function resolve(value: Value, resolved: Resolved): string {
  if (typeof value === 'string') return value;
  const found = resolved[value.ref];
  if (found === undefined) throw new Error(`${value.ref} is used before the step that makes it`);
  return found;
}
