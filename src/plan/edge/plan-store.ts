import type { EdgeProgram, EdgePrograms, EdgeSecret } from '../../model/edge-program.ts';
import type { StoreHashes } from '../../model/plan.ts';
import type { KnownKeys } from '../../model/snapshot.ts';

/** Changes to a store's keys. */
export interface KeyWrites {
  readonly puts: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, EdgeSecret>>;
  readonly deletes: readonly string[];
}

export interface StorePlan {
  /** Before the pages that need them. */
  readonly first: KeyWrites;
  /** When no edge holds a page that needed what goes. */
  readonly late: KeyWrites;
  /** What the store holds after the first writes, and after the late ones: the hash of each value by key. */
  readonly hashes: { readonly first: StoreHashes; readonly late: StoreHashes };
}

interface StoreInput {
  readonly programs: EdgePrograms;
  /** undefined where the store is to be made, or nobody looked: then it counts as empty. */
  readonly known: KnownKeys | undefined;
  readonly hashOf: (value: string) => string;
  readonly hashOfSecret: (secret: EdgeSecret) => string;
}

/**
 * What to write to the store. Additions come first and removals late, as with files; only who may see the site is
 * changed at once both ways. Values for keys that are there already are left alone where they are a beginning only.
 */
export function planStore(input: StoreInput): StorePlan {
  const { during, after } = input.programs;
  const now: KnownKeys = input.known ?? new Map();
  const initial = [...during.initial].filter(([key]) => !now.has(key));
  const wanted = new Map([...during.store, ...initial]);
  const revoked = [...now.keys()].filter((key) => isSecret(key) && !during.secrets.has(key));
  const first = writes(input, now, { store: wanted, secrets: during.secrets, deletes: revoked });
  const then = hashesAfter(input, now, first);
  const gone = [...then.keys()].filter((key) => isData(key) && !after.store.has(key));
  const late = writes(input, then, { store: after.store, secrets: after.secrets, deletes: gone });
  return { first, late, hashes: { first: toHashes(then), late: toHashes(hashesAfter(input, then, late)) } };
}

const toHashes = (keys: KnownKeys): StoreHashes => Object.fromEntries(keys);

/** Whether there is anything to write. */
export const isIdle = ({ puts, secrets, deletes }: KeyWrites): boolean =>
  Object.keys(puts).length + Object.keys(secrets).length + deletes.length === 0;

/** Keys of passwords and of the key for tokens. */
const isSecret = (key: string): boolean => /^(?:u\/|jwt$)/.test(key);

/** Keys of the path index and of redirects; the number tells how they are packed. All others are somebody else's. */
const isData = (key: string): boolean => /^[pr]\d+\//.test(key);

function writes(
  { hashOf, hashOfSecret }: StoreInput,
  now: KnownKeys,
  { store, secrets, deletes }: Pick<EdgeProgram, 'store' | 'secrets'> & { readonly deletes: readonly string[] },
): KeyWrites {
  return {
    puts: Object.fromEntries([...store].filter(([key, value]) => now.get(key) !== hashOf(value))),
    secrets: Object.fromEntries([...secrets].filter(([key, secret]) => now.get(key) !== hashOfSecret(secret))),
    deletes,
  };
}

function hashesAfter({ hashOf, hashOfSecret }: StoreInput, now: KnownKeys, { puts, secrets, deletes }: KeyWrites) {
  const next = new Map(now);
  for (const [key, value] of Object.entries(puts)) next.set(key, hashOf(value));
  for (const [key, secret] of Object.entries(secrets)) next.set(key, hashOfSecret(secret));
  for (const key of deletes) next.delete(key);
  return next;
}
