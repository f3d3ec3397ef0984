import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { keysToReadBack } from '../../../src/plan/objects/keys-to-read-back.ts';
import { makeAnnouncement } from '../../support/make-announcement.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

const page = makeAsset('a.html');
const manifest = makeManifest([makeEntry(page)]);
const announcements = [makeAnnouncement(['a.html'])];

test.each<[string, boolean, Snapshot]>([
  ['not there', false, makeSnapshot({ manifest })],
  ['as recorded', false, makeSnapshot({ manifest, objects: [makeObject(page)] })],
  ['there without a record', true, makeSnapshot({ objects: [makeObject(page)] })],
  ['there without a manifest', true, makeSnapshot({ manifest: undefined, objects: [makeObject(page)] })],
  ['there without a record, of another size', false, makeSnapshot({ objects: [makeObject(page, { size: 1 })] })],
  ['another ETag', true, makeSnapshot({ manifest, objects: [makeObject(page, { etag: 'theirs' })] })],
  ['another LastModified', true, makeSnapshot({ manifest, objects: [makeObject(page, { lastModified: 2 })] })],
  [
    'another ETag and size',
    false,
    makeSnapshot({ manifest, objects: [makeObject(page, { etag: 'theirs', size: 1 })] }),
  ],
  ['as recorded, but announced', true, makeSnapshot({ manifest, announcements, objects: [makeObject(page)] })],
  ['announced and not there', false, makeSnapshot({ manifest, announcements })],
  [
    'another key announced',
    false,
    makeSnapshot({ manifest, announcements: [makeAnnouncement(['b'])], objects: [makeObject(page)] }),
  ],
])('%s: read back %s', (_, expected, snapshot) => {
  expect(keysToReadBack([page], snapshot)).toEqual(expected ? [page] : []);
});

describe('a key that the build no longer holds and a killed run announced', () => {
  const added = { key: 'b.html', action: 'add', etag: null, sha256: 'added' } as const;
  const changed = { key: 'b.html', action: 'change', etag: 'seen', sha256: 'changed' } as const;
  const deleted = { key: 'b.html', action: 'delete', etag: 'seen', sha256: null } as const;
  const later = (keys: Parameters<typeof makeAnnouncement>[0]) => {
    const { etag, value } = makeAnnouncement(keys, 'r-later');
    return { etag, value: { ...value, startedAt: value.startedAt + 60 } };
  };

  test.each<[string, string | undefined, Snapshot['announcements'], string]>([
    ['added', 'added', [makeAnnouncement([added])], 'any'],
    ['changed', 'changed', [makeAnnouncement([changed])], 'any'],
    ['not changed yet', undefined, [makeAnnouncement([changed])], 'seen'],
    ['not deleted yet', undefined, [makeAnnouncement([deleted])], 'seen'],
    ['written by somebody after it was to be deleted', undefined, [makeAnnouncement([deleted])], 'any'],
    [
      'added by one run, not changed yet by a later one',
      'added',
      [later([changed]), makeAnnouncement([added])],
      'seen',
    ],
    [
      'the order in which they were listed does not matter',
      'added',
      [makeAnnouncement([added]), later([changed])],
      'seen',
    ],
    ['added by one run, changed by a later one', 'changed', [makeAnnouncement([added]), later([changed])], 'any'],
    [
      'added by one run, not deleted yet by a later one',
      'added',
      [makeAnnouncement([added]), later([deleted])],
      'seen',
    ],
  ])('%s', (_, sha256, announcements, etag) => {
    const object = makeObject(makeAsset('b.html'), { etag, size: 5 });
    const found = keysToReadBack([page], makeSnapshot({ announcements, objects: [object] }));
    expect(found.map((asset) => [asset.key, asset.sha256, asset.size])).toEqual(
      sha256 === undefined ? [] : [['b.html', sha256, 5]],
    );
  });

  test.each([
    ['its headers may have been rewritten: LastModified is another', 9, [page.sha256]],
    ['it is as recorded', undefined, []],
  ])('on record, and %s', (_, lastModified, expected) => {
    const object = makeObject(page, lastModified === undefined ? {} : { lastModified });
    const reheaded = makeAnnouncement([{ key: 'a.html', action: 'headers', etag: object.etag, sha256: page.sha256 }]);
    const found = keysToReadBack([], makeSnapshot({ manifest, announcements: [reheaded], objects: [object] }));
    expect(found.map(({ sha256 }) => sha256)).toEqual(expected);
  });

  test('gone from the bucket, there is nothing to read', () => {
    expect(keysToReadBack([page], makeSnapshot({ announcements: [makeAnnouncement([added])] }))).toEqual([]);
  });
});
