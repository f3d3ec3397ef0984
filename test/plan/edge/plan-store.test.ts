import { describe, expect, test } from 'vitest';
import type { EdgeProgram } from '../../../src/model/edge-program.ts';
import { makeEdgePlan, makeProgram, makePrograms } from '../../support/make-edge.ts';

/** Keys of the site's data with their values, as a program has them. */
type Data = Readonly<Record<string, string>>;

const programOf = (store: Data, given: Partial<EdgeProgram> = {}) =>
  makeProgram({ store: new Map(Object.entries(store)), ...given });

const hashes = (store: Data) =>
  new Map(Object.entries(store).map(([key, value]) => [key, value.startsWith('secret ') ? value : `hash of ${value}`]));

function planned(known: Data | undefined, during: EdgeProgram, after = during) {
  const programs = { ...makePrograms('text'), during, after };
  const { store } = makeEdgePlan(programs, known && hashes(known));
  return { first: store.first, late: store.late, hashes: store.hashes };
}

const nothing = { puts: {}, secrets: {}, deletes: [] };
const jwt = new Map([['jwt', { kind: 'jwtKey' }]]) satisfies EdgeProgram['secrets'];

describe('data', () => {
  test('of a store that is new is written whole, before everything else', () => {
    const data = { 'p1/0': 'a', 'p1/1': 'b' };
    expect(planned(undefined, programOf(data))).toMatchObject({ first: { ...nothing, puts: data }, late: nothing });
  });

  test('that is there already is not written', () => {
    expect(planned({ 'p1/0': 'a' }, programOf({ 'p1/0': 'a' }))).toMatchObject({ first: nothing, late: nothing });
  });

  // Without: plan-store.ts, planStore: `after.store` written first.
  test('grows at once and shrinks late', () => {
    const found = planned({ 'p1/0': 'old' }, programOf({ 'p1/0': 'old new' }), programOf({ 'p1/0': 'new' }));
    expect(found.first).toEqual({ ...nothing, puts: { 'p1/0': 'old new' } });
    expect(found.late).toEqual({ ...nothing, puts: { 'p1/0': 'new' } });
    expect([found.hashes.first, found.hashes.late].map((hash) => hash['p1/0'])).toEqual([
      'hash of old new',
      'hash of new',
    ]);
  });

  test('in a new layout is complete before the old layout goes, which is late', () => {
    const after = programOf({ 'p2/0': 'a', 'p2/1': 'b' });
    const found = planned({ 'p1/0': 'a', 'p1/1': 'b' }, after);
    expect(found.first).toEqual({ ...nothing, puts: { 'p2/0': 'a', 'p2/1': 'b' } });
    expect(found.late).toEqual({ ...nothing, deletes: ['p1/0', 'p1/1'] });
  });

  test('of others is left alone', () => {
    expect(planned({ preview: 'x', 'p1/0': 'a' }, programOf({ 'p1/0': 'a' }))).toMatchObject({ late: nothing });
  });
});

describe('a value to begin with', () => {
  const initial = new Map([['maintenance', 'off']]);

  test('is written where there is none', () => {
    expect(planned({}, programOf({}, { initial })).first.puts).toEqual({ maintenance: 'off' });
  });

  test('is left as it is where there is one, and when the site has no more use for it', () => {
    expect(planned({ maintenance: 'on' }, programOf({}, { initial })).first).toEqual(nothing);
    expect(planned({ maintenance: 'on' }, programOf({}))).toMatchObject({ first: nothing, late: nothing });
  });
});

describe('who may see the site', () => {
  test('is told by name, never by value', () => {
    expect(planned({}, programOf({}, { secrets: jwt })).first).toEqual({
      ...nothing,
      secrets: { jwt: { kind: 'jwtKey' } },
    });
  });

  test('is not written again while the secret is the same', () => {
    expect(planned({ jwt: 'x' }, programOf({}, { secrets: jwt })).first.secrets).toHaveProperty('jwt');
    expect(
      makeEdgePlan(
        { ...makePrograms('text'), during: programOf({}, { secrets: jwt }) },
        new Map([['jwt', 'hash of secret jwtKey']]),
      ).store.first,
    ).toEqual(nothing);
  });

  // Without: plan-store.ts, planStore: `revoked` left to the late part.
  test('is taken away at once', () => {
    const found = planned({ 'u/ann': 'x', jwt: 'y' }, programOf({}, { secrets: jwt }));
    expect(found.first.deletes).toEqual(['u/ann']);
    expect(found.late).toEqual(nothing);
  });
});
