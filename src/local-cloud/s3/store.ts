import { performance } from 'node:perf_hooks';
import type { Blobs } from '../state/blobs.ts';
import type { Journal } from '../state/journal.ts';
import type { Bucket, BucketSettings, Segment, Upload, Version } from './model.ts';
import { createSortedKeys } from './sorted-keys.ts';

/** All buckets, kept in memory and on record. Bodies are counted, and dropped with their last version. */
export interface S3Store {
  bucket(name: string): Bucket | undefined;
  buckets(): Iterable<Bucket>;
  putSettings(settings: BucketSettings): Bucket;
  removeBucket(name: string): void;
  /** Replaces the versions of a key; none removes it. */
  setVersions(bucket: Bucket, key: string, versions: readonly Version[]): void;
  setUpload(bucket: Bucket, upload: Upload): void;
  removeUpload(bucket: Bucket, id: string): void;
  /** When a key was last changed in this process, in `performance.now()` milliseconds. */
  changedAtMs(bucket: Bucket, key: string): number | undefined;
  /** Keeps a body and holds it: call `release` when it has become part of something, or of nothing. */
  saveBody(data: Buffer): Promise<Segment>;
  /** Keeps bodies from being dropped with their last version, until `release`. */
  hold(segments: readonly Segment[]): void;
  release(segments: readonly Segment[]): void;
  /** Bytes from `begin` to before `end` of the stretches in order. */
  readBody(segments: readonly Segment[], begin: number, end: number): Promise<Buffer>;
}

export interface S3StoreOptions {
  readonly journal: Journal;
  readonly blobs: Blobs;
}

export function createS3Store({ journal, blobs }: S3StoreOptions): S3Store {
  const buckets = new Map<string, LiveBucket>();
  const references = countReferences(blobs);
  load(journal, buckets, references);
  blobs.retain(references.known());
  return {
    bucket: (name) => buckets.get(name),
    buckets: () => buckets.values(),
    putSettings(settings) {
      const bucket = buckets.get(settings.name) ?? emptyBucket(settings);
      bucket.settings = settings;
      buckets.set(settings.name, bucket);
      journal.write(recordName('bucket', settings.name), settings);
      return bucket;
    },
    removeBucket(name) {
      buckets.delete(name);
      journal.write(recordName('bucket', name), undefined);
    },
    setVersions(bucket, key, versions) {
      const live = liveBucket(buckets, bucket);
      journal.write(recordName('object', live.settings.name, key), versions.length === 0 ? undefined : versions);
      references.move(live.versions.get(key) ?? [], versions);
      placeVersions(live, key, versions);
      live.changes.set(key, performance.now());
    },
    setUpload(bucket, upload) {
      const live = liveBucket(buckets, bucket);
      journal.write(recordName('upload', live.settings.name, upload.id), upload);
      references.move(partsOf(live.uploads.get(upload.id)), partsOf(upload));
      live.uploads.set(upload.id, upload);
    },
    removeUpload(bucket, id) {
      const live = liveBucket(buckets, bucket);
      journal.write(recordName('upload', live.settings.name, id), undefined);
      references.move(partsOf(live.uploads.get(id)), []);
      live.uploads.delete(id);
    },
    changedAtMs: (bucket, key) => liveBucket(buckets, bucket).changes.get(key),
    async saveBody(data) {
      const segment = { blob: await blobs.put(data), size: data.length };
      references.move([], [{ segments: [segment] }]);
      return segment;
    },
    hold: (segments) => references.move([], [{ segments }]),
    release: (segments) => references.move([{ segments }], []),
    readBody: (segments, begin, end) => readSegments(blobs, segments, { begin, end }),
  };
}

interface LiveBucket extends Bucket {
  readonly versions: Map<string, readonly Version[]>;
  readonly uploads: Map<string, Upload>;
  readonly changes: Map<string, number>;
}

interface HasSegments {
  readonly segments: readonly Segment[];
}

function emptyBucket(settings: BucketSettings): LiveBucket {
  return { settings, keys: createSortedKeys(), versions: new Map(), uploads: new Map(), changes: new Map() };
}

function liveBucket(buckets: ReadonlyMap<string, LiveBucket>, bucket: Bucket): LiveBucket {
  const live = buckets.get(bucket.settings.name);
  if (live === undefined) throw new Error(`There is no bucket ${bucket.settings.name}.`);
  return live;
}

function placeVersions(bucket: LiveBucket, key: string, versions: readonly Version[]): void {
  if (versions.length === 0) {
    bucket.versions.delete(key);
    bucket.keys.delete(key);
    return;
  }
  bucket.versions.set(key, versions);
  bucket.keys.add(key);
}

function load(journal: Journal, buckets: Map<string, LiveBucket>, references: References): void {
  const entries = [...journal.entries()].map(([name, value]) => [JSON.parse(name) as string[], value] as const);
  for (const [[kind, name = ''], value] of entries) {
    if (kind === 'bucket') buckets.set(name, emptyBucket(value as BucketSettings));
  }
  for (const [[kind, name = '', subject = ''], value] of entries) {
    const bucket = buckets.get(name);
    if (bucket === undefined || kind === 'bucket') continue;
    if (kind === 'object') {
      placeVersions(bucket, subject, value as readonly Version[]);
      references.move([], value as readonly Version[]);
    } else {
      bucket.uploads.set(subject, value as Upload);
      references.move([], partsOf(value as Upload));
    }
  }
}

/** The name of a record: JSON, since keys may hold any character. */
function recordName(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function partsOf(upload: Upload | undefined): readonly HasSegments[] {
  return Object.values(upload?.parts ?? {}).map((part) => ({ segments: [part.segment] }));
}

type References = ReturnType<typeof countReferences>;

/** Counts who uses a body; what nobody uses any more is removed. */
function countReferences(blobs: Blobs) {
  const counts = new Map<string, number>();
  const add = (holders: readonly (HasSegments | Version)[], by: 1 | -1) => {
    for (const holder of holders) {
      for (const { blob } of 'segments' in holder ? holder.segments : []) {
        counts.set(blob, (counts.get(blob) ?? 0) + by);
      }
    }
  };
  return {
    /** The new holders are counted before the old ones are let go. */
    move(before: readonly (HasSegments | Version)[], after: readonly (HasSegments | Version)[]) {
      add(after, 1);
      add(before, -1);
      for (const holder of before) {
        for (const { blob } of 'segments' in holder ? holder.segments : []) {
          if ((counts.get(blob) ?? 0) > 0) continue;
          counts.delete(blob);
          blobs.remove(blob);
        }
      }
    },
    known: () => new Set(counts.keys()),
  };
}

async function readSegments(
  blobs: Blobs,
  segments: readonly Segment[],
  { begin, end }: { readonly begin: number; readonly end: number },
): Promise<Buffer> {
  const reads: Promise<Buffer>[] = [];
  let at = 0;
  for (const { blob, size } of segments) {
    const [from, to] = [Math.max(begin - at, 0), Math.min(end - at, size)];
    // Begun all at once, so that a version that is dropped meanwhile is still read to its end.
    if (from < to) reads.push(blobs.read(blob, from, to));
    at += size;
  }
  const parts = await Promise.all(reads);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
