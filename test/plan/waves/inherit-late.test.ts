import { describe, expect, test } from 'vitest';
import type { Announcement } from '../../../src/model/announcement.ts';
import type { Asset } from '../../../src/model/asset.ts';
import type { Inherited } from '../../../src/model/plan.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { headersHash } from '../../../src/plan/state/announce.ts';
import { digest } from '../../support/digest.ts';
import { makeAnnouncement } from '../../support/make-announcement.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makePlan } from '../../support/make-plan.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const index = makeAsset('index.html');
const worker = (text: string): Asset => makeAsset('sw.js', text);
const old = makeAsset('old.css');
const published = [index, worker('1'), old];
const awaits = [{ distribution: 'E2QWRUHAPOMQZL', id: 'I1' }];
const release = 'r-last';

/** The last run left the removal of `old.css` and a new worker behind. */
function leftBehind(given: Partial<Announcement> = {}) {
  const meant = worker('2');
  const put = { sha256: meant.sha256, headersHash: headersHash(meant.headers, digest) };
  const { value, etag } = makeAnnouncement(
    [
      { key: old.key, action: 'delete', sha256: null, etag: makeEntry(old).etag },
      { key: 'sw.js', ...put, etag: makeEntry(worker('1')).etag },
    ],
    release,
  );
  return { value: { ...value, awaits, ...given }, etag };
}

function inherited(assets: readonly Asset[], given: Partial<Omit<Snapshot, 'objects' | 'readBack'>> = {}): Inherited {
  const entries = published.map((asset) => makeEntry(asset));
  const snapshot = makeSnapshot({
    objects: published.map((asset) => makeObject(asset)),
    manifest: makeManifest(entries, { release }),
    announcements: [leftBehind()],
    completed: new Set(['I1']),
    ...given,
  });
  return makePlan(assets, { snapshot }).inherited;
}

const nothing: Inherited = { early: [], overdue: [] };

describe('what was left behind', () => {
  test.each<[string, readonly Asset[], Inherited]>([
    ['goes first as it was meant', [index, worker('2')], { early: ['old.css', 'sw.js'], overdue: [] }],
    [
      'goes first where other pages follow',
      [makeAsset('index.html', 'new'), worker('2')],
      { early: ['old.css', 'sw.js'], overdue: [] },
    ],
    [
      'waits for its own pages where it changes again',
      [index, worker('3')],
      { early: ['old.css'], overdue: ['sw.js'] },
    ],
    [
      'waits for its own pages where its headers change again',
      [index, { ...worker('2'), headers: {} }],
      { early: ['old.css'], overdue: ['sw.js'] },
    ],
    [
      'stays where the build holds it again',
      [...published.slice(2), index, worker('2')],
      { early: ['sw.js'], overdue: [] },
    ],
    ['goes where the build holds it no more', [index], { early: ['old.css'], overdue: [] }],
  ])('%s', (_, assets, expected) => expect(inherited(assets)).toEqual(expected));

  test('does not take along what this run removes', () => {
    const more = makeAsset('more.css');
    const all = [...published, more];
    const given = {
      objects: all.map((asset) => makeObject(asset)),
      announcements: [leftBehind()],
      completed: new Set(['I1']),
    };
    const manifest = makeManifest(
      all.map((asset) => makeEntry(asset)),
      { release },
    );
    const plan = makePlan([index, worker('2')], { snapshot: makeSnapshot({ ...given, manifest }) });
    expect(plan.inherited.early).toEqual(['old.css', 'sw.js']);
  });
});

test.each<[string, Partial<Omit<Snapshot, 'objects' | 'readBack'>>]>([
  ['its invalidation is in progress', { completed: new Set() }],
  [
    'one of its invalidations is in progress',
    { announcements: [leftBehind({ awaits: [...awaits, { distribution: 'E', id: 'I2' }] })] },
  ],
  ['another run has died since', { announcements: [leftBehind(), makeAnnouncement(['index.html'])] }],
  [
    'another run has published since',
    {
      manifest: makeManifest(
        published.map((asset) => makeEntry(asset)),
        { release: 'r-other' },
      ),
    },
  ],
  ['nothing is known of what was published', { manifest: undefined }],
  ['the run died before it was finished', { announcements: [leftBehind({ awaits: [] })] }],
])('nothing goes first while %s', (_, given) => expect(inherited([index, worker('2')], given)).toEqual(nothing));
