import type { StoredHeaders } from './asset.ts';
import type { InfraStep } from './infrastructure.ts';
import type { RefName, Resolved } from './ref.ts';
import type { CdnSnapshot, RemoteObject } from './snapshot.ts';

/** Wall time and waiting, so that tests can serve a clock of their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds of a clock that never jumps and goes on while the machine sleeps, if the machine has one. */
  monotonic(): number;
  sleep(ms: number): Promise<void>;
  /** Calls `task` every `ms` until stopped, never twice at once; `stop` waits for the one that runs. */
  every(ms: number, task: () => Promise<void>): { stop(): Promise<void> };
}

/** What a write expects to find: nothing, or exactly the version that the plan saw. */
export type Condition = { readonly kind: 'absent' } | { readonly kind: 'matches'; readonly etag: string };

export type Body =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Opened anew for each attempt. */
  | { readonly kind: 'stream'; readonly size: number; open(): AsyncIterable<Uint8Array> };

export type WriteResult =
  | { readonly kind: 'written'; readonly etag: string; readonly versionId: string | null }
  /** The object is not what the plan saw; nothing was written. */
  | { readonly kind: 'conflict' };

export interface ObjectHead {
  readonly etag: string;
  readonly size: number;
  readonly lastModified: number;
  readonly versionId: string | null;
  /** Lower-case hex where the service keeps one for the whole object. */
  readonly sha256: string | null;
  readonly headers: StoredHeaders;
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** Milliseconds since it was written, by the server's clock: `Date` minus `Last-Modified` of this answer. */
  readonly ageMs: number;
}

/** One version of one object. */
export interface ObjectVersionName {
  readonly key: string;
  readonly versionId: string;
}

export interface KeyRange {
  /** Exclusive; undefined: from the first key. */
  readonly after: string | undefined;
  /** Inclusive; undefined: to the last key. */
  readonly through: string | undefined;
}

/**
 * The site's folder in the bucket: keys are relative to the target's prefix. Errors are `CdnpubError`s; a missing
 * object is `undefined`; a condition that does not hold is a `conflict`.
 */
export interface ObjectStore {
  /**
   * What time it is by the service's clock, in milliseconds since the epoch: the `Date` of its last answer, and what has
   * passed since. undefined before the first answer.
   */
  serverNow(): number | undefined;
  /** All objects of a range in the order of the keys' UTF-8 bytes, over as many pages as it takes. */
  list(range: KeyRange): Promise<readonly RemoteObject[]>;
  read(key: string): Promise<StoredObject | undefined>;
  /**
   * The newest version of an object that is no longer its current one, with the second at which it was written;
   * undefined where none is kept.
   */
  readNoncurrent(key: string): Promise<{ readonly bytes: Uint8Array; readonly lastModified: number } | undefined>;
  head(key: string): Promise<ObjectHead | undefined>;
  put(request: {
    readonly key: string;
    readonly body: Body;
    /** Lower-case hex of the whole body. */
    readonly sha256: string;
    readonly headers: StoredHeaders;
    /** Cache tags to be stored beside the headers; they are never among the headers that are read back. */
    readonly tags?: readonly string[];
    readonly condition: Condition | undefined;
  }): Promise<WriteResult>;
  /** Replaces every header of the object, bytes untouched. */
  rewriteHeaders(request: {
    readonly key: string;
    readonly etag: string;
    /** Lower-case hex; with the headers it tells our own copy, whose reply was lost, from somebody else's write. */
    readonly sha256: string;
    readonly headers: StoredHeaders;
    readonly tags?: readonly string[];
    readonly size: number;
  }): Promise<WriteResult>;
  /** An earlier version of an object, or undefined where it is gone. */
  headVersion(key: string, versionId: string): Promise<ObjectHead | undefined>;
  /** Makes an earlier version of an object the current one: bytes and headers are copied by the service. */
  copyVersion(request: {
    readonly key: string;
    readonly versionId: string;
    /** ETag of the version. */
    readonly etag: string;
    /** Lower-case hex; with the headers it tells a copy of ours, whose reply was lost, from somebody else's write. */
    readonly sha256: string;
    readonly headers: StoredHeaders;
    /** Bytes; what is large is copied in parts. */
    readonly size: number;
    readonly condition: Condition;
  }): Promise<WriteResult>;
  /** Deletes exactly these versions for ever; answers with those that could not be deleted, and why. */
  removeVersions(
    versions: readonly ObjectVersionName[],
  ): Promise<readonly (ObjectVersionName & { readonly code: string; readonly message: string })[]>;
  /** Deletes those that still have the ETag that the plan saw; answers with the keys that could not be deleted, and why. */
  remove(
    objects: readonly { readonly key: string; readonly etag: string }[],
  ): Promise<readonly { readonly key: string; readonly code: string; readonly message: string }[]>;
}

/** The bucket as a thing of its own. */
export interface BucketAdmin {
  /** Looks at the bucket; tells its true region. Throws `E_FOREIGN_BUCKET` where it belongs to another account. */
  inspect(): Promise<{ readonly exists: boolean; readonly region: string }>;
  /** Whether the bucket carries cdnpub's tag. */
  isTagged(): Promise<boolean>;
  create(step: Extract<InfraStep, { kind: 'createBucket' }>): Promise<void>;
  /** Public access blocked, versioning on, lifecycle rules, each only where it is not so yet. */
  configure(): Promise<void>;
  /** Whether all public access is blocked. */
  isClosed(): Promise<boolean>;
  /** Blocks all public access. */
  close(): Promise<void>;
  /** Merges the statements into the policy by Sid; all others stay. */
  mergePolicy(statements: readonly { readonly Sid?: string }[]): Promise<void>;
  /** The statements of the bucket's policy as they are now. */
  readPolicy(): Promise<readonly { readonly Sid?: string }[]>;
}

export interface Invalidation {
  readonly id: string;
  readonly completed: boolean;
}

/** The distribution and all that stands with it. Creating what already exists finds it instead. */
export interface Cdn {
  inspect(names: CdnNames): Promise<CdnSnapshot>;
  /** Looks at a distribution that is somebody else's, by its id, and at how it serves a folder of a bucket. */
  inspectForeign(at: ForeignPlace): Promise<CdnSnapshot>;
  run(step: InfraStep, resolved: Resolved): Promise<Resolved>;
  invalidate(distributionId: string, items: readonly string[], callerReference: string): Promise<Invalidation>;
  invalidation(distributionId: string, id: string): Promise<Invalidation>;
  /** `Deployed` or `InProgress`. */
  status(distributionId: string): Promise<string>;
}

/** The data of KeyValueStores, named by ARN. ETags are those of the keys, not of the store as a resource. */
export interface StoreData {
  describe(arn: string): Promise<{ readonly etag: string }>;
  /** The value of one key, or undefined where there is none. */
  read(arn: string, key: string): Promise<string | undefined>;
  /** All keys with their values. A store is never listed to plan, only where the record does not tell what it holds. */
  list(arn: string): Promise<ReadonlyMap<string, string>>;
  /**
   * Writes and deletes keys over the ETag given, or over whatever is there where none is. What others wrote meanwhile
   * stays; `alone` is then false. Throws `E_STALE` where they never stop.
   */
  write(request: {
    readonly arn: string;
    readonly etag: string | undefined;
    readonly puts: ReadonlyMap<string, string>;
    readonly deletes: readonly string[];
  }): Promise<{ readonly etag: string; readonly alone: boolean }>;
}

/** A distribution that is somebody else's, and the folder of a bucket that it should serve. */
export interface ForeignPlace {
  readonly distributionId: string;
  readonly bucket: string;
  /** Empty, or ending in `/`. */
  readonly prefix: string;
}

/** What anybody is answered at an address. */
export interface PublicAnswer {
  readonly status: number;
  /** The beginning of the body. */
  readonly text: string;
}

/** Names under which a site's resources are looked up and made. */
export interface CdnNames {
  /** The distribution on record, or null where it must be found by its comment. */
  readonly distributionId: string | null;
  readonly comment: string;
  readonly edgeFunction: string;
  readonly responseFunction: string;
  readonly store: string;
  readonly oac: string;
  /** By the reference that each resolves. */
  readonly cachePolicies: Readonly<Partial<Record<RefName, string>>>;
  readonly headersPolicy: string;
  /** What stands for a secret that is found in a config: keyed with the site's id. */
  readonly hashSecret: (value: string) => string;
}
