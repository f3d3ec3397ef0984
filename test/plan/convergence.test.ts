import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalPath } from '../../src/edge/canonical-path.ts';
import type { Asset } from '../../src/model/asset.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { ReadBack, Snapshot } from '../../src/model/snapshot.ts';
import { objectTags } from '../../src/plan/assets/object-tags.ts';
import { isWrite } from '../../src/plan/change-summary.ts';
import { isEmptyPlan } from '../../src/plan/is-empty-plan.ts';
import { keyOf } from '../../src/plan/objects/diff-objects.ts';
import { keysToReadBack } from '../../src/plan/objects/keys-to-read-back.ts';
import { announce } from '../../src/plan/state/announce.ts';
import { nextManifest, type WrittenObject } from '../../src/plan/state/next-manifest.ts';
import { orderWaves } from '../../src/plan/waves/order-waves.ts';
import { digest } from '../support/digest.ts';
import { makeAnnouncement } from '../support/make-announcement.ts';
import { makeAsset } from '../support/make-asset.ts';
import { makePlan, now } from '../support/make-plan.ts';
import { makeSnapshot } from '../support/make-snapshot.ts';

// A model of a bucket and of an edge, over which plans are applied, whole or cut off in the middle.

interface StoredObject {
  readonly sha256: string;
  readonly size: number;
  readonly headers: Asset['headers'];
  readonly etag: string;
  readonly lastModified: number;
  /** Whose bytes these are. */
  readonly foreign: boolean;
  /** Written by somebody else, were it our bytes. */
  readonly byHand: boolean;
  readonly tags: readonly string[];
}

/** A version that an edge may hold. */
interface Cached {
  readonly byHand: boolean;
  /** Tags that every copy of it carries. */
  readonly tags: readonly string[];
}

interface World {
  objects: Map<string, StoredObject>;
  manifest: Manifest | undefined;
  announcements: Snapshot['announcements'];
  /** What an edge may still serve: by key, the versions that it may hold, and whether somebody else wrote them. */
  cached: Map<string, Map<string, Cached>>;
  /** The distribution reads the tags of what it fetches. */
  readsTags: boolean;
  writes: number;
  runs: number;
}

const emptyWorld = (): World => ({
  objects: new Map(),
  manifest: undefined,
  announcements: [],
  cached: new Map(),
  readsTags: true,
  writes: 0,
  runs: 0,
});

const versionOf = (object: Pick<StoredObject, 'sha256' | 'headers'> | undefined): string =>
  object === undefined ? 'none' : digest(`${object.sha256} ${JSON.stringify(Object.entries(object.headers).sort())}`);

/** Visitors ask for everything, at any moment: the edge takes what stands in the bucket. A 404 is never kept. */
function visit(world: World): void {
  for (const [key, object] of world.objects) {
    const versions = world.cached.get(key) ?? new Map<string, Cached>();
    const read = world.readsTags ? object.tags : [];
    const tags = versions.get(versionOf(object))?.tags.filter((tag) => read.includes(tag)) ?? read;
    world.cached.set(key, versions.set(versionOf(object), { byHand: object.byHand, tags }));
  }
}

function write(world: World, key: string, content: Omit<StoredObject, 'etag' | 'lastModified'>): WrittenObject {
  world.writes += 1;
  const told = { etag: content.sha256.slice(0, 8), lastModified: now + world.writes };
  world.objects.set(key, { ...content, ...told });
  return { ...told, versionId: null };
}

const { cdn } = makeSnapshot();
if (cdn?.distribution === undefined) throw new Error('the snapshot has a distribution');
const { fields } = cdn.distribution;
const cdnWithoutTags = { ...cdn, distribution: { ...cdn.distribution, fields: { ...fields, CacheTagConfig: '' } } };

function snapshotOf(world: World, assets: readonly Asset[]): Snapshot {
  const objects = [...world.objects].map(([key, { size, etag, lastModified }]) => ({ key, size, etag, lastModified }));
  const { manifest, announcements } = world;
  const snapshot = makeSnapshot({ objects, manifest, announcements, cdn: world.readsTags ? cdn : cdnWithoutTags });
  const readBack = keysToReadBack(assets, snapshot).map((asset): [string, ReadBack] => {
    const object = world.objects.get(asset.key);
    if (object === undefined) throw new Error('only what is there is read back');
    return [asset.key, { sameBytes: object.sha256 === asset.sha256, headers: object.headers, versionId: null }];
  });
  return { ...snapshot, readBack: new Map(readBack) };
}

/** Applies the first `steps` steps of a plan (a write, an invalidation, the commit) and tells whether that was all. */
function apply(world: World, plan: Plan, snapshot: Snapshot, steps: number): boolean {
  const written = new Map<string, WrittenObject>();
  const own = { value: announce(plan, now + world.runs++, digest), etag: 'own' };
  world.announcements = [...world.announcements, own];
  let left = steps;
  for (const { name, writes } of orderWaves(plan)) {
    for (const change of writes) {
      if (left-- === 0) return false;
      if (change.kind === 'delete') {
        expect(world.objects.get(change.entry.key)?.foreign).toBe(false);
        world.objects.delete(change.entry.key);
      } else if ('asset' in change) {
        const { sha256, size, headers, key } = change.asset;
        const tags = objectTags(key, change.asset.class);
        written.set(key, write(world, key, { sha256, size, headers, tags, foreign: false, byHand: false }));
      }
      visit(world);
    }
    const part = name === 'invalidate' ? 'main' : name === 'invalidateLate' ? 'late' : undefined;
    for (const batch of plan.invalidations.filter((one) => one.part === part)) {
      if (left-- === 0) return false;
      invalidate(world, batch.items);
      visit(world);
    }
    if (name === 'commit') {
      if (left-- === 0) return false;
      world.manifest = nextManifest({
        deferred: new Set(),
        leavesLate: false,
        storeEtag: undefined,
        plan,
        previous: snapshot.manifest,
        written,
        run,
        now,
        releases: 5,
      });
    }
  }
  world.announcements = world.announcements.filter(
    ({ value }) => value !== own.value && !plan.takesOver.includes(value.run),
  );
  return true;
}

const run = { user: 'ann', host: 'desk', message: null, ci: null };

function invalidate(world: World, items: readonly string[]): void {
  for (const [key, versions] of world.cached) {
    const left = [...versions].filter(([, { tags }]) => !isReached(items, key, tags));
    if (left.length === 0) world.cached.delete(key);
    else world.cached.set(key, new Map(left));
  }
}

function isReached(items: readonly string[], key: string, tags: readonly string[]): boolean {
  const path = canonicalPath(key);
  return items.some((item) => {
    if (item.startsWith('#')) return tags.includes(item.slice(1));
    return item.endsWith('*') ? path.startsWith(item.slice(0, -1)) : item === path;
  });
}

/**
 * Keys of which an edge may serve something else than the bucket holds. What somebody else wrote and changed again at a
 * key that was never cdnpub's is nobody's to invalidate: such versions count only at the keys of `known`.
 */
const staleKeys = (world: World, known?: ReadonlySet<string>): readonly string[] =>
  [...world.cached]
    .filter(([key, versions]) =>
      [...versions].some(
        ([version, { byHand }]) =>
          version !== versionOf(world.objects.get(key)) && (!byHand || known?.has(key) !== false),
      ),
    )
    .map(([key]) => key);

/** Keys of which a deploy of these assets can know that somebody wrote them: in a manifest, announcement or LIST. */
const knownKeys = ({ manifest, announcements, objects }: World, assets: readonly Asset[]): ReadonlySet<string> =>
  new Set([
    ...assets.map(({ key }) => key).filter((key) => objects.has(key)),
    ...(manifest?.entries.keys() ?? []),
    ...announcements.flatMap(({ value }) => value.keys.map(({ key }) => key)),
  ]);

function deploy(world: World, assets: readonly Asset[], steps = Number.POSITIVE_INFINITY): Plan {
  const snapshot = snapshotOf(world, assets);
  const release = `r-${world.runs}`;
  const plan = makePlan(assets, {
    snapshot,
    ids: { release, siteId: 'x' },
    allowed: { empty: true, noIndex: true, massDelete: true },
  });
  if (!isEmptyPlan(plan)) apply(world, plan, snapshot, steps);
  return plan;
}

const keys = [
  'index.html',
  'a.html',
  'b/index.html',
  'sw.js',
  'logo.svg',
  'x y.txt',
  '100%/é*~.html',
  '100%/è+&.css',
  'assets/app-DiwrgTda.js',
  'assets/b-BcD3fGh1.css',
];
const build: fc.Arbitrary<readonly Asset[]> = fc
  .uniqueArray(
    fc.record({ key: fc.constantFrom(...keys), text: fc.constantFrom('1', '2', '3'), german: fc.boolean() }),
    { selector: ({ key }) => key },
  )
  .map((files) =>
    files.map(({ key, text, german }) => {
      const asset = makeAsset(key, text);
      return german ? { ...asset, headers: { ...asset.headers, 'content-language': 'de' } } : asset;
    }),
  );
const meddling = fc.array(
  fc.record({
    key: fc.constantFrom(...keys, 'theirs.txt'),
    what: fc.constantFrom('overwrite', 'rehead', 'remove', 'copy'),
  }),
  { maxLength: 3 },
);

/** A stranger's object that goes before any deploy saw it leaves versions at edges that cdnpub can never know of. */
function remove(world: World, key: string): void {
  world.objects.delete(key);
  const versions = world.cached.get(key);
  if (versions === undefined || knownKeys(world, []).has(key)) return;
  world.cached.set(key, new Map([...versions].filter(([, { byHand }]) => !byHand)));
}

/** What somebody else does to the bucket by hand. */
function meddle(world: World, acts: readonly { readonly key: string; readonly what: string }[]): void {
  for (const { key, what } of acts) {
    const there = world.objects.get(key);
    if (what === 'remove') remove(world, key);
    else if (what === 'overwrite')
      write(world, key, {
        sha256: digest('theirs'),
        size: 6,
        headers: { 'content-type': 'text/plain' },
        tags: [],
        foreign: true,
        byHand: true,
      });
    else if (there !== undefined)
      write(world, key, {
        ...there,
        tags: [],
        byHand: true,
        ...(what === 'copy' ? {} : { headers: { 'content-type': 'x/y' } }),
      });
  }
  visit(world);
}

const options = { seed: 7, numRuns: 300 };

describe('over any history of builds, meddling and killed runs', () => {
  const history = fc.array(
    fc.record({
      assets: build,
      acts: meddling,
      steps: fc.oneof(fc.nat(12), fc.constant(99)),
      readsTags: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  );

  test('a finished deploy leaves exactly the build, nothing stale at an edge, and nothing to do', () => {
    fc.assert(
      fc.property(history, build, (past, assets) => {
        const world = emptyWorld();
        for (const one of past) {
          world.readsTags = one.readsTags;
          deploy(world, one.assets, one.steps);
          meddle(world, one.acts);
        }
        const theirs = new Map([...world.objects].filter(([, object]) => object.foreign));
        const known = knownKeys(world, assets);
        deploy(world, assets);
        const wrong = assets.filter(
          ({ key, sha256, headers }) => versionOf(world.objects.get(key)) !== versionOf({ sha256, headers }),
        );
        expect(wrong.map(({ key }) => key)).toEqual([]);
        expect(staleKeys(world, known)).toEqual([]);
        const built = new Set(assets.map(({ key }) => key));
        const lost = [...theirs].filter(([key, object]) => !built.has(key) && world.objects.get(key) !== object);
        expect(lost.map(([key]) => key)).toEqual([]);
        // The deploy has set the distribution right.
        world.readsTags = true;
        const again = makePlan(assets, {
          snapshot: snapshotOf(world, assets),
          allowed: { empty: true, noIndex: true },
        });
        expect(again.changes.filter(({ kind }) => kind !== 'keep' && kind !== 'retain').map(keyOf)).toEqual([]);
        expect(isEmptyPlan(again)).toBe(true);
        expect(again.invalidations).toEqual([]);
      }),
      options,
    );
  });

  test('every key that is written or deleted over a cached version is covered by an item', () => {
    fc.assert(
      fc.property(history, build, (past, assets) => {
        const world = emptyWorld();
        for (const one of past) {
          world.readsTags = one.readsTags;
          deploy(world, one.assets, one.steps);
        }
        const before = new Map(world.cached);
        const plan = makePlan(assets, {
          snapshot: snapshotOf(world, assets),
          allowed: { empty: true, noIndex: true, massDelete: true },
        });
        const items = plan.invalidations.flatMap((batch) => batch.items);
        const isLeft = (key: string) =>
          [...(before.get(key)?.values() ?? [])].some(({ tags }) => !isReached(items, key, tags));
        const stale = plan.changes.filter((change) => isWrite(change) && before.has(keyOf(change))).map(keyOf);
        expect(stale.filter(isLeft)).toEqual([]);
      }),
      options,
    );
  });

  test('a first deploy into somebody’s bucket deletes nothing', () => {
    fc.assert(
      fc.property(build, meddling, (assets, acts) => {
        const world = emptyWorld();
        meddle(world, acts);
        const plan = makePlan(assets, { snapshot: snapshotOf(world, assets), allowed: { empty: true, noIndex: true } });
        expect(plan.changes.filter(({ kind }) => kind === 'delete')).toEqual([]);
      }),
      options,
    );
  });
});

test('a page that a killed run deleted is forgotten by the next run', () => {
  const world = emptyWorld();
  const [index, page] = [makeAsset('index.html'), makeAsset('a.html')];
  deploy(world, [index, page]);
  visit(world);
  deploy(world, [index], 1);
  expect([...world.objects.keys()]).toEqual(['index.html']);
  expect(staleKeys(world)).toEqual(['a.html']);
  deploy(world, [index]);
  expect(staleKeys(world)).toEqual([]);
});

test('an announcement that was never followed by a write does no harm', () => {
  const world = emptyWorld();
  const index = makeAsset('index.html');
  deploy(world, [index]);
  world.announcements = [makeAnnouncement(['index.html', 'never.html'])];
  deploy(world, [index]);
  expect(world.announcements).toEqual([]);
  expect(isEmptyPlan(makePlan([index], { snapshot: snapshotOf(world, [index]) }))).toBe(true);
});
