/** Names of the values that exist only once an earlier step has made the thing. */
export type RefName =
  | 'oac.id'
  | 'cachePolicy.id'
  /** Of the policy that keeps answers of another server for so many seconds. */
  | `cachePolicy.${number}`
  /** A secret, by the hash that stands for it in a plan; only whoever applies the plan knows it. */
  | `secret.${string}`
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

/** A value as part of a longer text: a reference stands in braces until it is resolved. */
export const embedded = (value: Value): string => (typeof value === 'string' ? value : `{${value.ref}}`);

/** The text with what its references stand for. */
export const resolveEmbedded = (text: string, resolved: Resolved): string =>
  text.replace(/\{([^{}]+)\}/g, (_, name: RefName) => resolve(ref(name), resolved));
