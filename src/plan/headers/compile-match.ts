import { compileGlob } from '../assets/compile-glob.ts';
import { compileUrlPattern } from '../assets/compile-url-pattern.ts';

/** The pattern of a rule, URL pattern or file glob, as a test for keys. */
export function compileMatch(match: string, cleanUrls: boolean): (key: string) => boolean {
  if (!match.startsWith('/')) return compileGlob(match);
  const matches = compileUrlPattern(match);
  return (key) => namesOf(key, cleanUrls).some(matches);
}

/**
 * The paths under which a key is asked for, decoded: its own, and what a page answers to without its file name. A slash
 * at the end means nothing to a pattern.
 */
function namesOf(key: string, cleanUrls: boolean): string[] {
  const own = `/${key}`;
  if (!own.endsWith('.html') || own.endsWith('/.html')) return [own];
  const names = cleanUrls ? [own, own.slice(0, -'.html'.length)] : [own];
  if (own.endsWith('/index.html')) names.push(own.slice(0, -'/index.html'.length) || '/');
  return names;
}
