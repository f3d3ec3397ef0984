import type { Random } from './random.ts';
import { file, page, type SiteModel } from './site-model.ts';

/** One way in which the next build of a site differs from the one before. `n` is a number that no build has had. */
type Mutation = (site: SiteModel, random: Random, n: number) => SiteModel;

/** What the next build brings: between one and four changes, or all of them at once. */
export function mutateSite(site: SiteModel, random: Random, n: number): SiteModel {
  const names = Object.keys(mutations) as (keyof typeof mutations)[];
  const count = random.chance(0.2) ? 12 : 1 + random.below(4);
  return Array.from({ length: count }, () => random.pick(names)).reduce(
    (next, name) => mutations[name](next, random, n),
    site,
  );
}

/** Every kind of change at once: what a deploy can have to do to a key. */
export function mutateAll(site: SiteModel, random: Random, n: number): SiteModel {
  return Object.values(mutations).reduce((next, mutate) => mutate(next, random, n), site);
}

/** The same site with another text in every page and every file that changes in place. */
export function editAll(site: SiteModel, n: number): SiteModel {
  const edit = <T extends { readonly text: number }>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...map].map(([key, model]) => [key, { ...model, text: n }]));
  return { ...site, pages: edit(site.pages), plain: edit(site.plain), worker: n };
}

const mutations = {
  editPage: (site, random, n) => editPage(site, random.pick([...site.pages.keys()]), { text: n }),
  editScript: (site, random, n) => ({ ...site, hashed: put(site.hashed, random.pick([...site.hashed.keys()]), n) }),
  editPlain: (site, random, n) => {
    const key = random.pick([...site.plain.keys()]);
    const old = site.plain.get(key) ?? file(n);
    return { ...site, plain: put(site.plain, key, { ...old, text: n }) };
  },
  addPage: (site, random, n) => {
    const key = random.pick([`blog/post-${n}/index.html`, `page-${n}.html`, `höhe ${n}.html`]);
    const hashed = [...site.hashed.keys()].filter(() => random.chance(0.5));
    return { ...site, pages: put(site.pages, key, page(n, hashed, ['style.css', 'logo.svg'].filter(isIn(site)))) };
  },
  removePage: (site, random) => {
    const removable = [...site.pages.keys()].filter((key) => key !== 'index.html' && key !== '404.html');
    return removable.length === 0 ? site : { ...site, pages: without(site.pages, random.pick(removable)) };
  },
  renamePage: (site, random, n) => {
    const movable = [...site.pages].filter(([key]) => key !== 'index.html' && key !== '404.html');
    if (movable.length === 0) return site;
    const [key, model] = random.pick(movable);
    return { ...site, pages: put(without(site.pages, key), `moved-${n}/index.html`, model) };
  },
  toggleNotFound: (site, random, n) => {
    if (!random.chance(0.3)) return editPage(site, '404.html', { text: n });
    const { pages } = site;
    return {
      ...site,
      pages: pages.has('404.html') ? without(pages, '404.html') : put(pages, '404.html', page(n, [], [])),
    };
  },
  addPlain: (site, random, n) => {
    const key = random.pick([`img/new-${n}.svg`, `zoo/new-${n}.svg`]);
    const style = site.plain.get('style.css') ?? file(n);
    const plain = put(site.plain, key, file(n));
    const user = random.pick([...site.pages.keys()]);
    if (random.chance(0.5))
      return { ...site, plain: put(plain, 'style.css', { ...style, text: n, plain: [...style.plain, key] }) };
    return editPage({ ...site, plain }, user, { text: n, plain: [...(site.pages.get(user)?.plain ?? []), key] });
  },
  removePlain: (site, random) => {
    const removable = [...site.plain.keys()].filter((key) => key !== 'style.css');
    return removable.length === 0 ? site : removePlain(site, random.pick(removable));
  },
  editHeaders: (site, random, n) => {
    const match = random.pick(['**/*.svg', '**/*.xml', '/contact', '/about/*', '**/*.css']);
    return {
      ...site,
      headers: [{ match, set: { 'cache-control': `public, max-age=0, s-maxage=${1000 + n}` }, unset: [] }],
    };
  },
  editWorker: (site, _random, n) => ({ ...site, worker: n }),
} as const satisfies Record<string, Mutation>;

function editPage(site: SiteModel, key: string, change: Partial<ReturnType<typeof page>>): SiteModel {
  const old = site.pages.get(key);
  return old === undefined ? site : { ...site, pages: put(site.pages, key, { ...old, ...change }) };
}

/** Takes a plain file away, and its name out of every page and style that needed it. */
function removePlain(site: SiteModel, gone: string): SiteModel {
  const drop = <T extends { readonly plain: readonly string[] }>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...map].map(([key, model]) => [key, { ...model, plain: model.plain.filter((name) => name !== gone) }]));
  return { ...site, pages: drop(site.pages), plain: drop(without(site.plain, gone)) };
}

const isIn =
  ({ plain }: SiteModel) =>
  (key: string): boolean =>
    plain.has(key);

const put = <T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> =>
  new Map([...map, [key, value]]);

const without = <T>(map: ReadonlyMap<string, T>, gone: string): ReadonlyMap<string, T> =>
  new Map([...map].filter(([key]) => key !== gone));
