import { describe, expect, test } from 'vitest';
import { CdnpubError } from '../../../src/model/cdnpub-error.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { describePlan, type SavedPlan } from '../../../src/plan/saved/describe-plan.ts';
import { parseSavedPlan } from '../../../src/plan/saved/parse-saved-plan.ts';
import { refuseStale } from '../../../src/plan/saved/refuse-stale.ts';
import { digest } from '../../support/digest.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEdge } from '../../support/make-edge.ts';
import { makeInventory, makePlan } from '../../support/make-plan.ts';
import { makeSnapshot } from '../../support/make-snapshot.ts';
import { makeTarget } from '../../support/make-target.ts';

const assets = [makeAsset('index.html')];

function save(given: { snapshot?: Snapshot; assets?: typeof assets; bucket?: string } = {}): SavedPlan {
  const snapshot = given.snapshot ?? makeSnapshot();
  const files = given.assets ?? assets;
  const target = given.bucket === undefined ? makeTarget() : makeTarget({ bucket: given.bucket });
  const plan = makePlan(files, { snapshot, target, edge: makeEdge('code of the edge') });
  return describePlan({ plan, snapshot, inventory: makeInventory(files), digest });
}

const withCdn = (change: (cdn: NonNullable<Snapshot['cdn']>) => Partial<NonNullable<Snapshot['cdn']>>): Snapshot => {
  const snapshot = makeSnapshot();
  if (snapshot.cdn === undefined) throw new Error('the snapshot has no distribution');
  return { ...snapshot, cdn: { ...snapshot.cdn, ...change(snapshot.cdn) } };
};

const status = withCdn(({ distribution }) => ({
  distribution: distribution && { ...distribution, status: 'InProgress' },
}));

/** What `refuseStale` says of a plan that was saved as `save()` does. */
function differences(now: SavedPlan): unknown {
  try {
    refuseStale(save(), now);
    return [];
  } catch (error) {
    return error instanceof CdnpubError && error.code === 'E_STALE' ? error.details.differences : error;
  }
}

describe('a saved plan', () => {
  test.each([
    ['the same', save(), []],
    ['the same as a file', parseSavedPlan(JSON.stringify(save()), 'plan.json'), []],
    ['a distribution that is under way', save({ snapshot: status }), []],
    ['another bucket', save({ bucket: 'other' }), ['it was made for another place']],
    [
      'a distribution with another function',
      save({ snapshot: withCdn(() => ({ edgeFunction: { code: 'theirs' } })) }),
      ['the distribution, or what runs on it, was changed'],
    ],
    [
      'a disabled distribution',
      save({
        snapshot: withCdn(({ distribution }) => ({
          distribution: distribution && { ...distribution, enabled: false },
        })),
      }),
      ['the distribution, or what runs on it, was changed'],
    ],
    ['another policy', save({ snapshot: makeSnapshot({ policy: [] }) }), ['the bucket policy was changed']],
    [
      'another file',
      save({ assets: [...assets, makeAsset('more.html')] }),
      ['the build holds other files, or sets other headers'],
    ],
  ])('beside %s', (_, now, expected) => {
    const found = differences(now);
    expect(found).toEqual(expected.length === 0 ? [] : expect.arrayContaining(expected));
  });

  test('alone by what is to be done', () => {
    const now = save();
    expect(differences({ ...now, does: { ...now.does, changes: [] } })).toEqual(['other things are to be done']);
  });

  test('holds no text of a program', () => {
    const text = JSON.stringify(save({ snapshot: withCdn(() => ({ edgeFunction: { code: 'theirs' } })) }));
    expect(text).toContain('updateFunction');
    expect(text).not.toMatch(/code of the edge|theirs/);
  });

  test.each(['', '{}', '[]', 'null', '{"schema":2,"kind":"cdnpub plan"}'])('is not %j', (text) =>
    expect(() => parseSavedPlan(text, 'plan.json')).toThrow('plan.json is not a plan'),
  );

  test('whose id is no id is none', () =>
    expect(() => parseSavedPlan(JSON.stringify({ ...save(), siteId: '../a' }), 'plan.json')).toThrow('is not a plan'));
});
