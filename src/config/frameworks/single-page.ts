import type { BuildSigns } from './detect-output.ts';
import type { Framework } from './framework.ts';

/**
 * The page that draws all others, where a build has one: the fallback that its generator wrote, else its only page if a
 * bundled script draws it; null for a build of many pages. Never the 404 page.
 */
export function singlePage({ files, indexHead }: BuildSigns, framework: Framework | undefined): string | null {
  if (framework?.app === 'pages') return null;
  const fallback = fallbacks.find((name) => files.includes(name));
  if (fallback !== undefined) return fallback;
  const pages = files.filter((path) => path.endsWith('.html') && path !== '404.html');
  const isOnly = pages.length === 1 && pages[0] === 'index.html';
  return isOnly && (framework?.app === 'single' || loadsBundle(indexHead)) ? 'index.html' : null;
}

/** SvelteKit and Nuxt, React Router, TanStack Start, Angular. */
const fallbacks = ['200.html', '__spa-fallback.html', '_shell.html', 'index.csr.html'];

/** A script, or a module to preload, whose name carries a hash: what a bundler leaves in an otherwise empty page. */
const loadsBundle = (html: string): boolean => (html.match(/<(?:script|link)\b[^>]*>/gi) ?? []).some(isHashedScript);

const isHashedScript = (tag: string): boolean =>
  /\b(?:src|href)\s*=\s*["']?[^"'\s>]*[.-](?=[\w-]*[\dA-Z])[\w-]{8,}\.m?js\b/.test(tag);
