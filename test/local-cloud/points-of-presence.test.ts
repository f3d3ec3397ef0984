import { afterEach, describe, expect, test } from 'vitest';
import type { Lag, Place } from '../../src/local-cloud/propagation.ts';
import type { LocalCloudOptions } from '../../src/local-cloud/start-local-cloud.ts';
import { invalidateMs, type LocalSite, openSite } from './open-site.ts';

let site: LocalSite;
afterEach(() => site.stop());

const open = async (options: LocalCloudOptions = {}) => {
  site = await openSite({ pops: 2, ...options });
};
/** Fixed lags of an invalidation; all else is seen at once. */
const lagOf =
  (shares: readonly (readonly [Place, number])[]): Lag =>
  (place, { kind }) =>
    kind === 'invalidation' ? (new Map(shares).get(place) ?? 0) : 0;

describe('the choice of a point of presence', () => {
  test.each([
    ['0', 200],
    ['1', 200],
    ['2', 400],
    ['-1', 400],
    ['one', 400],
    ['', 400],
  ])('x-cdnpub-pop: %s is answered %i', async (pop, status) => {
    await open();
    await site.put('a.html', 'a');
    expect((await site.visit(pop, '/a.html')).status).toBe(status);
  });

  test('each has a name of its own', async () => {
    await open({ pops: 3 });
    const names = await Promise.all([0, 1, 2].map(async (pop) => (await site.visit(pop, '/')).headers['x-amz-cf-pop']));
    expect(new Set(names).size).toBe(3);
  });
});

describe('caches', () => {
  test('each has its own; the regional one spares the origin', async () => {
    await open();
    await site.put('a.html', 'old');
    const first = await site.visit(0, '/a.html');
    await site.put('a.html', 'new');
    await site.clock.advance(5000);
    const [again, other] = [await site.visit(0, '/a.html'), await site.visit(1, '/a.html')];
    expect([first, again, other].map(({ text, headers }) => [text, headers['x-cache'], headers.age])).toEqual([
      ['old', 'Miss from cloudfront', undefined],
      ['old', 'Hit from cloudfront', '5'],
      ['old', 'Miss from cloudfront', undefined],
    ]);
    // It is as old as it was in the regional cache.
    expect((await site.visit(1, '/a.html')).headers.age).toBe('5');
  });

  test('without a regional one each asks the origin', async () => {
    await open({ region: 'none' });
    await site.put('a.html', 'old');
    await site.visit(0, '/a.html');
    await site.put('a.html', 'new');
    expect(await site.shown('/a.html')).toEqual(['old', 'new']);
  });

  test('an object is kept for no longer than the origin said, both caches together', async () => {
    await open();
    await site.put('a.html', 'old', 's-maxage=60');
    await site.visit(0, '/a.html');
    await site.clock.advance(50_000);
    expect((await site.visit(1, '/a.html')).text).toBe('old');
    await site.put('a.html', 'new', 's-maxage=60');
    await site.clock.advance(9999);
    expect(await site.shown('/a.html')).toEqual(['old', 'old']);
    await site.clock.advance(1);
    expect(await site.shown('/a.html')).toEqual(['new', 'new']);
  });

  test('an expired copy stands in where the regional cache finds the origin failing', async () => {
    await open();
    await site.put('a.html', 'kept', 's-maxage=60');
    await site.visit(0, '/a.html');
    await site.clock.advance(61_000);
    await site.faults.setFaults([{ match: { caller: 'service' }, do: { status: 500 } }]);
    const [known, unknown] = [await site.visit(0, '/a.html'), await site.visit(0, '/b.html')];
    expect([known.text, known.status, unknown.status]).toEqual(['kept', 200, 500]);
  });
});

describe('an invalidation', () => {
  test('reaches each at its own time and is Completed when it has reached the last', async () => {
    await open({ lag: lagOf([[1, 1]]) });
    await site.put('a.html', 'old');
    await site.shown('/a.html');
    await site.put('a.html', 'new');
    const id = await site.invalidate('/a.html');
    expect(await site.shown('/a.html')).toEqual(['old', 'old']);
    await site.clock.advance(invalidateMs / 2);
    expect(await site.shown('/a.html')).toEqual(['new', 'old']);
    await site.clock.advance(invalidateMs / 2 - 1);
    expect([await site.shown('/a.html'), await site.statusOf(id)]).toEqual([['new', 'old'], 'InProgress']);
    await site.clock.advance(1);
    expect([await site.statusOf(id), await site.shown('/a.html')]).toEqual(['Completed', ['new', 'new']]);
  });

  test('may be overtaken by a later one', async () => {
    const lag: Lag = (place, { kind, serial }) => (kind === 'invalidation' && place === 0 && serial === 1 ? 1 : 0);
    await open({ region: 'none', lag });
    for (const name of ['a', 'b']) await site.put(`${name}.html`, 'old');
    for (const name of ['a', 'b']) await site.visit(0, `/${name}.html`);
    for (const name of ['a', 'b']) await site.put(`${name}.html`, 'new');
    await site.invalidate('/a.html');
    await site.invalidate('/b.html');
    const seen = async () => [(await site.visit(0, '/a.html')).text, (await site.visit(0, '/b.html')).text];
    expect(await seen()).toEqual(['old', 'new']);
    await site.clock.advance(invalidateMs);
    expect(await seen()).toEqual(['new', 'new']);
  });

  test('spares what was filled after it had arrived', async () => {
    await open({ lag: lagOf([]) });
    await site.put('a.html', 'old');
    await site.shown('/a.html');
    await site.put('a.html', 'new');
    await site.invalidate('/a.html');
    await site.clock.advance(invalidateMs);
    await site.visit(0, '/a.html');
    await site.put('a.html', 'newest');
    expect(await site.shown('/a.html')).toEqual(['new', 'new']);
  });

  // A point of presence that is clean asks a regional cache that is not: what it gets stays for good.
  test.each([
    ['first', ['new', 'new']],
    ['last', ['old', 'new']],
  ] as const)('that reaches the regional cache %s', async (region, shown) => {
    await open({
      region,
      lag: lagOf([
        [1, 1],
        ['region', 1],
      ]),
    });
    await site.put('a.html', 'old');
    await site.shown('/a.html');
    await site.put('a.html', 'new');
    const id = await site.invalidate('/a.html');
    for (let step = 0; step < 4; step++) {
      await site.clock.advance(invalidateMs / 4);
      await site.visit(0, '/a.html');
    }
    expect([await site.statusOf(id), await site.shown('/a.html')]).toEqual(['Completed', shown]);
  });
});

describe('a fill that began before a PUT and an invalidation', () => {
  /** Asks while the origin's reply is held, lets both go by and the reply arrive. */
  async function overtake(): Promise<string> {
    await site.put('a.html', 'old', 's-maxage=60');
    await site.faults.setFaults([{ match: { caller: 'service', op: 'GetObject', key: 'a.html' }, do: { hold: true } }]);
    const early = site.visit(0, '/a.html');
    await site.faults.untilStruck();
    await site.put('a.html', 'new', 's-maxage=60');
    const id = await site.invalidate('/a.html');
    await site.clock.advance(invalidateMs);
    expect(await site.statusOf(id)).toBe('Completed');
    await site.faults.clearFaults();
    return (await early).text;
  }

  test.each([1, 2])('is delivered and dropped, with %i points of presence', async (pops) => {
    await open({ pops });
    expect(await overtake()).toBe('old');
    expect(new Set(await site.shown('/a.html'))).toEqual(new Set(['new']));
  });

  test.each([1, 2])('is kept where that is asked for, for as long as the origin said, with %i', async (pops) => {
    await open({ pops, keepEarlyFills: true });
    expect(await overtake()).toBe('old');
    expect(new Set(await site.shown('/a.html'))).toEqual(new Set(['old']));
    await site.clock.advance(59_999);
    expect(new Set(await site.shown('/a.html'))).toEqual(new Set(['old']));
    await site.clock.advance(1);
    expect(new Set(await site.shown('/a.html'))).toEqual(new Set(['new']));
  });

  test('is given up after 30 seconds of the server', async () => {
    await open({ pops: 1 });
    await site.put('a.html', 'old');
    const held = { match: { caller: 'service' }, times: 3, do: { hold: true } } as const;
    await site.faults.setFaults([held]);
    const early = site.visit(0, '/a.html');
    for (let attempt = 1; attempt <= 3; attempt++) {
      while ((await hits()) < attempt) await new Promise(setImmediate);
      await site.clock.advance(30_000);
    }
    expect((await early).status).toBe(504);
  });

  const hits = async () =>
    (JSON.parse((await site.control('GET', '/_cdnpub/faults')).text) as { rules: { hits: number }[] }).rules[0]?.hits ??
    0;
});
