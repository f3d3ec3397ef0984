import { expect, test } from 'vitest';
import type { Manifest, ManifestEntry } from '../../../src/model/manifest.ts';
import { unnamedVersions } from '../../../src/plan/retention/unnamed-versions.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry, makeObject } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';

type Named = readonly (readonly [key: string, versionId: string | null])[];

const release = (named: Named): Manifest =>
  makeManifest(named.map(([key, versionId]): ManifestEntry => makeEntry(makeAsset(key), { versionId })));

interface Row {
  readonly name: string;
  readonly dropped: readonly Named[];
  readonly kept?: readonly Named[];
  readonly live: Named;
  /** Keys whose object is as every release recorded it. */
  readonly objects?: readonly string[];
  readonly deleted?: readonly string[];
  readonly expected: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'what was replaced goes', dropped: [[['a', '1']]], live: [['a', '2']], expected: ['a 1'] },
  { name: 'what is live stays', dropped: [[['a', '1']]], live: [['a', '1']], expected: [] },
  {
    name: 'what a kept release names stays',
    ...{ dropped: [[['a', '1']]], kept: [[['a', '1']], [['a', '2']]], live: [['a', '3']], expected: [] },
  },
  {
    name: 'the same version id of another key is another version',
    ...{ dropped: [[['a', '1']]], live: [['b', '1']], expected: ['a 1'] },
  },
  {
    name: 'what several dropped releases name goes once',
    ...{
      dropped: [
        [['a', '1']],
        [
          ['a', '1'],
          ['b', '1'],
        ],
      ] as Named[],
      live: [['a', '2']],
      expected: ['a 1', 'b 1'],
    },
  },
  { name: 'what has no version stays', dropped: [[['a', null]]], live: [], expected: [] },
  { name: 'the version called null stays', dropped: [[['a', 'null']]], live: [['a', '1']], expected: [] },
  {
    name: 'what is still served and nobody kept on record stays',
    ...{ dropped: [[['a', '1']]], live: [], objects: ['a'], expected: [] },
  },
  {
    name: 'what this very deploy deleted goes',
    ...{ dropped: [[['a', '1']]], live: [], objects: ['a'], deleted: ['a'], expected: ['a 1'] },
  },
];

test.each(rows)('$name', ({ dropped, kept = [], live, objects = [], deleted = [], expected }) => {
  const found = unnamedVersions(dropped.map(release), {
    manifest: release(live),
    releases: kept.map(release),
    objects: new Map(objects.map((key) => [key, makeObject(makeAsset(key))])),
    deleted: new Set(deleted),
  });
  expect(found.map(({ key, versionId }) => `${key} ${versionId}`)).toEqual(expected);
});
