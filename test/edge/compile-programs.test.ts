import { describe, expect, test } from 'vitest';
import { compilePrograms } from '../../src/edge/compile-programs.ts';
import type { EdgePrograms } from '../../src/model/edge-program.ts';
import type { EdgeRelease } from '../../src/model/edge-source.ts';
import { tools } from './edge-tools.ts';
import { type SiteAtEdge, sourceOf } from './open-site.ts';
import { askWith } from './run-edge.ts';

/** Deploys one site after another; the programs of the last deploy. */
function deploy(...sites: readonly SiteAtEdge[]): EdgePrograms {
  let before: EdgeRelease | null = null;
  let programs: EdgePrograms | undefined;
  for (const site of sites) {
    const after = { keys: site.keys, source: sourceOf(site) };
    programs = compilePrograms({ before, after, tools });
    before = { ...after, layout: programs.layout };
  }
  if (programs === undefined) throw new Error('no site');
  return programs;
}

const many = (count: number, name: (i: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, i) => name(i));
const base = ['index.html', '404.html', 'docs/index.html', 'blog/index.html'];
const nowhere = '/_cdnpub/nowhere';

describe('between two builds', () => {
  const rows: readonly (readonly [
    what: string,
    from: SiteAtEdge,
    to: SiteAtEdge,
    path: string,
    during: string,
    after: string,
  ])[] = [
    ['a file goes', { keys: [...base, 'logo'] }, { keys: base }, '/logo', '/logo', '301 /logo/'],
    ['a file comes', { keys: base }, { keys: [...base, 'logo'] }, '/logo', '/logo', '/logo'],
    [
      'a page becomes a folder',
      { keys: [...base, 'a.html'] },
      { keys: [...base, 'a/index.html'] },
      '/a',
      '301 /a/',
      '301 /a/',
    ],
    [
      'a folder becomes a page',
      { keys: [...base, 'a/index.html'] },
      { keys: [...base, 'a.html'] },
      '/a/',
      '301 /a',
      '301 /a',
    ],
    ['a rule goes', { keys: base, redirects: '/old /new' }, { keys: base }, '/old', '301 /new', '301 /old/'],
    [
      'a rule changes',
      { keys: base, redirects: '/old /new' },
      { keys: base, redirects: '/old /newer' },
      '/old',
      '301 /newer',
      '301 /newer',
    ],
    [
      'a page gives way to a rule',
      { keys: [...base, 'x.js'] },
      { keys: base, redirects: '/x.js /y.js' },
      '/x.js',
      '/x.js',
      '301 /y.js',
    ],
    [
      'a rule moves',
      { keys: base, redirects: '# a\n\n/old /new' },
      { keys: base, redirects: '/old /new' },
      '/old',
      '301 /new',
      '301 /new',
    ],
    [
      'an indexed file goes',
      { keys: [...base, 'fr/404.html', 'app.js'] },
      { keys: [...base, 'fr/404.html'] },
      '/app.js',
      '/app.js',
      '/404.html',
    ],
  ];
  test.each(rows)('%s', async (_, from, to, path, during, after) => {
    const programs = deploy(from, to);
    expect([await askWith(programs.during)(path), await askWith(programs.after)(path)]).toEqual([during, after]);
  });
});

test('nothing differs where nothing vanishes', () => {
  const { during, after } = deploy({ keys: base }, { keys: [...base, 'x.js'], redirects: '/a /b' });
  expect(during).toBe(after);
});

test('the store changes in few places, and never its layout within a deploy', () => {
  const files = many(3_000, (i) => `f${i}.js`);
  const rules = many(3_000, (i) => `/old/${i} /new/${i}`);
  const site = (from: number): SiteAtEdge => ({
    keys: [...base, 'fr/404.html', ...files.slice(from)],
    redirects: rules.slice(from).join('\n'),
  });
  const first = deploy(site(1));
  const { during, after, layout } = deploy(site(1), site(2));
  const changed = [...after.store].filter(([key, value]) => first.after.store.get(key) !== value);
  expect(changed.map(([key]) => key.slice(0, 1)).sort()).toEqual(['p', 'r']);
  expect(during.store).toEqual(first.after.store);
  expect([...after.store.keys()]).toEqual([...during.store.keys()]);
  expect(layout).toEqual(first.layout);
  const { during: long, after: short } = deploy(site(0), site(2_900));
  expect([...short.store.keys()]).toEqual([...long.store.keys()]);
});

test('a site that falls below a store of its own leaves it in the late part', async () => {
  const { during, after, layout } = deploy({ keys: [...base, 'fr/404.html'] }, { keys: base });
  expect(during.store.size).toBe(1);
  expect([after.store.size, after.viewerResponse, layout]).toEqual([0, null, { paths: null, rules: null }]);
  expect(await askWith(after)('/fr/gone.js')).toBe('/fr/gone.js');
  expect(nowhere).toBe(await askWith(after)('/%zz'));
});

test('secrets are named and not held', () => {
  const { after } = deploy({
    keys: base,
    source: {
      auth: { paths: ['/docs/*'], users: ['ann', 'jürgen/x'], jwt: true },
      maintenance: { page: null, allow: [] },
    },
  });
  expect([...after.secrets]).toEqual([
    ['u/ann', { kind: 'password', user: 'ann' }],
    ['u/j%C3%BCrgen%2Fx', { kind: 'password', user: 'jürgen/x' }],
    ['jwt', { kind: 'jwtKey' }],
  ]);
  expect([...after.initial]).toEqual([['maintenance', 'off']]);
});
