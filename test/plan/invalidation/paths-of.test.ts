import { expect, test } from 'vitest';
import type { Caching, CdnSnapshot } from '../../../src/model/snapshot.ts';
import { pathsOf } from '../../../src/plan/invalidation/paths-of.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';

function cdnWith(caching: Caching | undefined): CdnSnapshot {
  const { cdn } = makeSnapshot();
  if (cdn === undefined) throw new Error('the snapshot has no distribution');
  return caching === undefined ? cdn : { ...cdn, caching };
}

const byPath = (folder = ''): Caching => ({ kind: 'by path', folder });

test.each<[string, Caching | undefined, readonly string[] | null]>([
  ['d/index.html', undefined, ['/d/index.html']],
  ['a~b.html', undefined, ['/a%7Eb.html']],
  ['style.css', byPath(), ['/style.css']],
  ['index.html', byPath(), ['/index.html', '/']],
  ['d/index.html', byPath(), ['/d/index.html', '/d/', '/d']],
  ['index.html', byPath('docs/'), ['/docs/index.html', '/docs/', '/docs']],
  ['myindex.html', byPath(), ['/myindex.html']],
  ['a b(1).js', byPath(), ['/a%20b%281%29.js', '/a%20b(1).js']],
  ['a@2x,b.png', byPath(), ['/a%402x%2Cb.png', '/a@2x,b.png']],
  ['a?b#c', byPath(), ['/a%3Fb%23c']],
  ['a~b.html', byPath(), null],
  ['a*b.html', byPath(), null],
  ['style.css', { kind: 'unknown', why: 'nobody knows' }, null],
])('%s, %j', (key, caching, expected) => {
  expect(pathsOf(key, cdnWith(caching))).toEqual(expected);
});

test('the page that / shows', () => {
  const cdn = cdnWith(byPath());
  const { distribution } = cdn;
  if (distribution === undefined) throw new Error('there is no distribution');
  const fields = { ...distribution.fields, DefaultRootObject: 'home.html' };
  expect(pathsOf('home.html', { ...cdn, distribution: { ...distribution, fields } })).toEqual(['/home.html', '/']);
});

test('without a distribution there is one path', () => {
  expect(pathsOf('d/index.html', undefined)).toEqual(['/d/index.html']);
});
