import { expect, test } from 'vitest';
import type { MarkedDistribution } from '../../../src/model/snapshot.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makePlan } from '../../support/make-plan.ts';
import { makeSnapshot, nothingThere } from '../../support/make-snapshot.ts';
import { makeTarget } from '../../support/make-target.ts';

const here = 'docs-111122223333-eu-west-1-an.s3.eu-west-1.amazonaws.com';
const orphan: MarkedDistribution = {
  ...{ id: 'E1', domain: 'd1.cloudfront.net', comment: 'cdnpub-docs-zyxwvutsrq', aliases: [], origins: [here] },
};

const warned = (given: Partial<MarkedDistribution>, prefix = '') => {
  const { cdn } = nothingThere;
  const snapshot = { ...nothingThere, ...(cdn && { cdn: { ...cdn, marked: [{ ...orphan, ...given }] } }) };
  return makePlan([makeAsset('index.html')], { snapshot, target: makeTarget({ prefix }) }).warnings;
};

test.each<[string, Partial<MarkedDistribution>, string, boolean]>([
  ['of the same place', {}, '', true],
  ['of a later generation', { comment: 'cdnpub-docs-zyxwvutsrq-g2' }, '', true],
  ['of the same folder', { origins: [`${here}/docs`] }, 'docs/', true],
  ['of another folder', { origins: [`${here}/docs`] }, '', false],
  ['of another bucket', { origins: ['other.s3.eu-west-1.amazonaws.com'] }, '', false],
  ['of another site in the same place', { comment: 'cdnpub-docs-old-zyxwvutsrq' }, '', false],
  ['of somebody', { comment: 'my docs' }, '', false],
  ['of this very site, found by its comment', { comment: 'cdnpub-docs-newsiteid0' }, '', false],
])('an orphan is a distribution %s', (_, given, prefix, expected) => {
  expect(warned(given, prefix).some((warning) => warning.startsWith('distribution E1 '))).toBe(expected);
});

test('its names are told, since somebody may come by them', () => {
  expect(warned({ aliases: ['docs.example.com'] })[0]).toContain(
    'distribution E1 (d1.cloudfront.net), also known as docs.example.com, was made for this bucket',
  );
});

test('where a distribution stands nothing is made, and nothing told', () => {
  const { cdn } = makeSnapshot();
  const snapshot = makeSnapshot(cdn && { cdn: { ...cdn, marked: [orphan] } });
  expect(makePlan([makeAsset('index.html')], { snapshot }).warnings).toEqual([]);
});
