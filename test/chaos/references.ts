/** Where a page or a style sheet sends a browser for more: absolute paths, still escaped. */
export function referencesOf(text: string, path: string): readonly string[] {
  const found = path.endsWith('.css') ? cssReferences(text) : htmlReferences(text);
  return [...new Set(found.map((reference) => new URL(reference, `http://site${path}`).pathname))];
}

/** What a browser loads to show a page; hyperlinks are not among it. */
function htmlReferences(html: string): readonly string[] {
  const sources = [...html.matchAll(/\ssrc="([^"]+)"/g)].map(([, path = '']) => path);
  const links = [...html.matchAll(/<link[^>]*\shref="([^"]+)"/g)].map(([, path = '']) => path);
  const sets = [...html.matchAll(/\ssrcset="([^"]+)"/g)].flatMap(([, set = '']) => set.split(', '));
  return [...sources, ...links, ...sets.map((candidate) => candidate.split(' ')[0] ?? '')];
}

function cssReferences(css: string): readonly string[] {
  const urls = [...css.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, path = '']) => path);
  const imports = [...css.matchAll(/@import\s+["']([^"']+)["']/g)].map(([, path = '']) => path);
  return [...urls, ...imports];
}
