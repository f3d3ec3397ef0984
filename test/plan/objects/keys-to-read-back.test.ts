import { expect, test } from 'vitest';
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
