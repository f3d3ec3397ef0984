import { describe, expect, test } from 'vitest';
import type { EdgeOrigin } from '../../../src/model/edge-source.ts';
import type { InfraStep } from '../../../src/model/infrastructure.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { planInfrastructure } from '../../../src/plan/infrastructure/plan-infrastructure.ts';
import { digest } from '../../support/digest.ts';
import { makeEdgePlan, makePrograms } from '../../support/make-edge.ts';
import { makeOrigin } from '../../support/make-origin.ts';
import { makeSnapshot, nothingThere } from '../../support/make-snapshot.ts';
import { makeTarget } from '../../support/make-target.ts';

const { cdn, site } = makeSnapshot();
if (cdn?.distribution === undefined || site === undefined) throw new Error('the made site has a distribution');
const { distribution } = cdn;

const stepsFor = (snapshot: Snapshot, origins: readonly EdgeOrigin[]): readonly InfraStep[] =>
  planInfrastructure({
    ...{ target: makeTarget(), record: site.value, snapshot, policyHeaders: {}, notFoundKey: '404.html', digest },
    edge: makeEdgePlan(makePrograms('edge code'), undefined, origins),
  }).steps;

/** The made site, after what the plan for these origins did. */
function standingWith(origins: readonly EdgeOrigin[]): Snapshot {
  const made = stepsFor(makeSnapshot(), origins).flatMap((step) =>
    step.kind === 'updateDistribution' ? step.changes : [],
  );
  const changed = Object.fromEntries(made.map(({ field, to }) => [field, to]));
  return makeSnapshot({
    cdn: {
      ...cdn,
      distribution: { ...distribution, fields: { ...distribution.fields, ...changed } },
    } as Snapshot['cdn'],
  });
}

/** Steps in short: the kind, when, and the fields. */
const short = (steps: readonly InfraStep[]): readonly string[] =>
  steps.map((step) =>
    step.kind === 'updateDistribution'
      ? `${step.when}${step.wait ? ' and wait' : ''}: ${step.changes.map(({ field }) => field).join(' ')}`
      : step.kind,
  );

const api = makeOrigin(['/api/*']);
const slow = makeOrigin(['/api/*'], { timeoutSeconds: 60 });
const secret = makeOrigin(['/api/*'], { secret: { header: 'x-origin-secret', variable: 'API_SECRET' } });
const kept = makeOrigin(['/api/*'], { cacheSeconds: 60 });
const errors = 'CustomErrorResponses';

/** The site with answers kept for a minute, under a policy that stands. */
function standingCached(): Snapshot {
  const resolved = { ...cdn?.resolved, 'cachePolicy.60': 'policy-60' };
  const made = stepsFor({ ...makeSnapshot(), cdn: { ...cdn, resolved } as Snapshot['cdn'] }, [kept]).flatMap((step) =>
    step.kind === 'updateDistribution' ? step.changes : [],
  );
  const fields = { ...distribution.fields, ...Object.fromEntries(made.map(({ field, to }) => [field, to])) };
  const policies = [{ kind: 'cache', id: 'policy-60' } as const];
  return makeSnapshot({ cdn: { ...cdn, policies, distribution: { ...distribution, fields } } as Snapshot['cdn'] });
}

describe('other servers on the distribution', () => {
  test.each<[string, Snapshot, readonly EdgeOrigin[], readonly string[]]>([
    ['none', makeSnapshot(), [], []],
    ['as they were', standingWith([api]), [api], []],
    [
      'the first: before anything goes up, and the 404 page is the function’s after it knows them',
      makeSnapshot(),
      [api],
      ['provision and wait: Origins CacheBehaviors', `edge: ${errors}`],
    ],
    [
      'another one',
      standingWith([api]),
      [api, makeOrigin(['/auth/*'], { url: 'https://auth.example.com' })],
      ['provision and wait: Origins CacheBehaviors'],
    ],
    [
      'one that goes: when no page needs it, and with it the function’s 404 page',
      standingWith([api]),
      [],
      [`late and wait: ${errors} Origins CacheBehaviors`],
    ],
    [
      'one that is asked in another way: the new one, then the old one goes',
      standingWith([api]),
      [slow],
      ['edge: Origins CacheBehaviors', 'late and wait: Origins'],
    ],
    ['one that is kept for a time', standingWith([api]), [kept], ['createCachePolicy', 'edge: CacheBehaviors']],
    [
      'one that is no longer kept: its policy goes with what named it',
      standingCached(),
      [api],
      ['edge: CacheBehaviors', 'deletePolicy'],
    ],
  ])('%s', (_, snapshot, origins, expected) => {
    const steps = stepsFor(snapshot, origins).filter(({ kind }) => kind !== 'createHeadersPolicy');
    expect(short(steps)).toEqual(expected);
  });

  test('are told in a few words, a secret by what stands for it', () => {
    const create = stepsFor(nothingThere, [secret, makeOrigin(['/feed'], { cacheSeconds: 60 })]).find(
      ({ kind }) => kind === 'createDistribution',
    );
    expect(create).toMatchObject({
      fields: {
        Origins: expect.stringMatching(
          /^cdnpub-\w{8} https:\/\/api\.example\.com timeout=30( x-origin-secret=hash of secret o)?, cdnpub-\w{8} https:\/\/api/,
        ),
        CacheBehaviors: expect.stringMatching(
          /^\/api\/\* cdnpub-\w{8} methods=DELETE\+GET\+HEAD\+OPTIONS\+PATCH\+POST\+PUT cache=4135ea2d\S+ forward=b689b0a8\S+ edge=site, \/feed cdnpub-\w{8} methods=GET\+HEAD cache=\{cachePolicy\.60\} forward= edge=site$/,
        ),
        CustomErrorResponses: '404:::0,500:::5,502:::5,503:::5,504:::5',
      },
      secrets: { 'hash of secret o': { kind: 'originHeader', variable: 'API_SECRET' } },
    });
  });
});
