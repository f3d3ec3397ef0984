/** The source that an `index.html` loads as a script (`/src/main.tsx`), which only a development server can serve. */
export function findSourceScript(html: string): string | undefined {
  const tags = html.replace(/<!--[\s\S]*?-->/g, '').match(/<script\b[^>]*>/gi) ?? [];
  return tags.map(sourceOf).find((source) => /\.(?:ts|tsx|jsx)(?:[?#]|$)/i.test(source));
}

function sourceOf(tag: string): string {
  const [, double, single, bare] = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(tag) ?? [];
  return double ?? single ?? bare ?? '';
}
