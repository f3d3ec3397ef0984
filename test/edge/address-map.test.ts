import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askWith, compile } from './run-edge.ts';

// The map of addresses to files, written a second time from its definition and not from the function's text: each file has
// one address, its canonical one; a path that is none is led to that of the first file that it may mean.

type Slash = 'auto' | boolean;

function canonical(files: ReadonlySet<string>, slash: Slash, file: string): string {
  if (!file.endsWith('.html')) return file;
  if (file === 'index.html') return '';
  const isIndex = file.endsWith('/index.html');
  const stem = file.slice(0, isIndex ? -'/index.html'.length : -'.html'.length);
  if (slash === 'auto') return isIndex ? `${stem}/` : files.has(stem) ? file : stem;
  if (slash) return isIndex ? `${stem}/` : files.has(`${stem}/index.html`) ? file : `${stem}/`;
  if (isIndex) return files.has(stem) || files.has(`${stem}.html`) ? file : stem;
  return files.has(stem) ? file : stem;
}

function meant(slash: Slash, path: string): readonly string[] {
  const both = (stem: string) => [`${stem}/index.html`, `${stem}.html`];
  if (path.endsWith('/')) return slash === false ? both(path.slice(0, -1)).toReversed() : both(path.slice(0, -1));
  if (path === 'index') return ['index.html'];
  if (path.endsWith('/index')) return slash === false ? both(path.slice(0, -6)).toReversed() : both(path.slice(0, -6));
  if (path.endsWith('/index.html')) return both(path.slice(0, -11));
  if (path.endsWith('.html')) return [`${path.slice(0, -5)}/index.html`];
  return slash === true ? both(path) : both(path).toReversed();
}

function expected(files: ReadonlySet<string>, slash: Slash, path: string): string {
  const own = [...files].find((file) => canonical(files, slash, file) === path);
  if (own !== undefined) return `/${own}`;
  if (files.has(path)) return `301 /${canonical(files, slash, path)}`;
  const better = meant(slash, path).find((file) => files.has(file) && canonical(files, slash, file) !== file);
  return better === undefined ? '/404.html' : `301 /${canonical(files, slash, better)}`;
}

const folder = fc.constantFrom('', 'a/', 'b/', 'a/b/');
const file = fc.constantFrom('index.html', 'a.html', 'b.html', 'c.html', 'a', 'b', 'x.js');
const tree = fc
  .uniqueArray(
    fc.tuple(folder, file).map((parts) => parts.join('')),
    { minLength: 1, maxLength: 9 },
  )
  .filter((keys) => !keys.some((key) => keys.some((other) => other.startsWith(`${key}/`))));
const slash = fc.constantFrom<Slash>('auto', true, false);

test('every path of every tree is answered by the map', async () => {
  await fc.assert(
    fc.asyncProperty(tree, slash, async (keys, trailingSlash) => {
      const files = new Set(['index.html', ...keys]);
      const ask = askWith(compile([...files], { trailingSlash, index: 'needed' }).program);
      const stems = ['a', 'b', 'c', 'a/a', 'a/b', 'a/b/a', 'b/c', 'gone', 'x.js', 'a/x.js'];
      const paths = stems.flatMap((stem) => [stem, `${stem}/`, `${stem}.html`, `${stem}/index.html`, `${stem}/index`]);
      for (const path of ['', 'index', 'index.html', ...paths]) {
        expect([path, await ask(`/${path}`)]).toEqual([path, expected(files, trailingSlash, path)]);
      }
    }),
    { seed: 5, numRuns: 40 },
  );
});
