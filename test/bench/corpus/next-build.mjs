import { hashOf } from './plan-corpus.mjs';
import { randomFrom } from './random.mjs';

/**
 * The next build of a corpus: 1 % of the pages edited (half keep their size), 1 % of the fingerprinted files renamed,
 * 0.1 % of the pages gone, 0.2 % new, sitemap and search index rewritten. `revisions` names what differs.
 */
export function nextBuild(files, seed = 1) {
  const random = randomFrom(seed * 104_729 + files.length);
  const pages = files.filter(({ kind, path }) => kind === 'html' && path.startsWith('s'));
  const edits = Math.max(4, Math.round(files.length * 0.01));
  const deletes = Math.max(2, Math.round(files.length * 0.001));
  const touched = pick(random, pages, edits + deletes).map(({ path }) => path);
  const edited = new Map(touched.slice(0, edits).map((path, at) => [path, at % 2 === 0]));
  const gone = new Set(touched.slice(edits));
  const named = files.filter(({ kind }) => kind === 'js' || kind === 'css');
  const renamed = new Set(pick(random, named, Math.max(3, Math.round(named.length * 0.01))));
  const next = files.filter(({ path }) => !gone.has(path)).map((file) => revise(file, edited, renamed));
  const posts = Array.from({ length: deletes * 2 }, (_, at) => ({
    path: `s0/new-post-${at}/index.html`,
    kind: 'html',
    size: Math.round(5120 * 8 ** random()),
    seed: (random() * 2 ** 31) | 0,
    changed: true,
  }));
  const all = [...next, ...posts];
  return { files: all, revisions: new Set(all.filter(({ changed }) => changed).map(({ path }) => path)) };
}

function revise(file, edited, renamed) {
  if (renamed.has(file))
    return { ...file, path: file.path.replace(/\.[0-9a-f]{8}\./, `.${hashOf(`${file.path}2`)}.`), changed: true };
  const grows = edited.get(file.path);
  if (grows !== undefined) return { ...file, size: file.size + (grows ? 37 : 0), changed: true };
  return { ...file, changed: file.path === 'sitemap.xml' || file.path === 'search-index.json' };
}

function pick(random, from, count) {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice((random() * left.length) | 0, 1),
  ).flat();
}
