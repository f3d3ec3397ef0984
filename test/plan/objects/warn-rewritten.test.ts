import { expect, test } from 'vitest';
import { warnRewritten } from '../../../src/plan/objects/warn-rewritten.ts';
import { makeAsset } from '../../support/make-asset.ts';

const changed = (key: string, reason = 'content') =>
  ({ kind: 'change', asset: makeAsset(key), reason, etag: 'e', foreign: false }) as const;

test.each([
  ['a page', [changed('index.html')], 0],
  [
    'a new file',
    [{ kind: 'add', asset: makeAsset('app.1a2b3c4d.js'), reason: 'new', cachedBefore: false } as const],
    0,
  ],
  ['a file that somebody else changed', [changed('app.1a2b3c4d.js', 'changed outside cdnpub')], 0],
  ['a file whose name carries a hash', [changed('app.1a2b3c4d.js')], 1],
  ['five of them, in one warning', [1, 2, 3, 4, 5].map((n) => changed(`app.1a2b3c4${n}.js`)), 1],
])('%s', (_, changes, count) => expect(warnRewritten(changes)).toHaveLength(count));

test('three are named, the others counted', () => {
  const [warning = ''] = warnRewritten([1, 2, 3, 4, 5].map((n) => changed(`a.1a2b3c4${n}.js`)));
  expect(warning).toMatch(/^a\.1a2b3c41\.js, a\.1a2b3c42\.js, a\.1a2b3c43\.js and 2 more: /);
});
