import { canonicalPath } from '../../src/edge/canonical-path.ts';
import type { World } from './open-world.ts';
import { referencesOf } from './references.ts';
import type { Build } from './render-site.ts';
import { visit } from './visit.ts';

/** What a visitor may find at any one moment. */
export interface Sight {
  readonly domain: string;
  /** Builds that may be visible in part: the last that was finished, and each that was begun since. */
  readonly builds: readonly Build[];
  /** What the bucket holds at this moment, by key. */
  readonly stored: ReadonlyMap<string, string | undefined>;
}

/** A page at a point of presence. */
export interface Place {
  readonly pop: number;
  readonly key: string;
}

/**
 * Loads a page with all that it needs, and answers what is wrong with it, in words. A cache may drop anything at any
 * time, so each file that is needed must lie in the bucket too, and what that one needs as well.
 */
export async function crawlPage(world: World, sight: Sight, at: Place): Promise<readonly string[]> {
  const path = canonicalPath(at.key);
  const page = await visit(world, sight.domain, at.pop, path);
  const wrong = judgePage(sight, at.key, page);
  if (wrong !== undefined) return [`${at.key} at ${at.pop}: ${wrong}`];
  const broken = [...missing(sight, page.text, path)];
  for (const { reference, from } of needs(sight, page.text, path)) {
    const found = await visit(world, sight.domain, at.pop, reference);
    if (found.status !== 200) broken.push(`${from} misses ${reference} (${found.status})`);
    else if (isStyle(reference)) broken.push(...missing(sight, found.text, reference));
  }
  return broken.map((what) => `${at.key} at ${at.pop}: ${what}`);
}

/** The same for every page as a cache finds it that holds nothing. */
export function crawlBucket(sight: Sight): readonly string[] {
  return [...sight.stored]
    .filter(([key, text]) => key.endsWith('.html') && text !== undefined)
    .flatMap(([key, text = '']) => missing(sight, text, canonicalPath(key)).map((what) => `${key}: ${what}`));
}

function judgePage(
  { builds }: Sight,
  key: string,
  page: { readonly status: number; readonly text: string },
): string | undefined {
  const texts = builds.map(({ files }) => files[key]);
  const mayBeMissing = page.status === 404 && texts.some((text) => text === undefined);
  if (page.status !== 200 && !mayBeMissing) return `answers ${page.status}`;
  const shown = mayBeMissing ? builds.map(({ files }) => files['404.html']) : texts;
  // Where a build brings no 404 page, it is cdnpub's own.
  const isKnown = shown.includes(page.text) || (mayBeMissing && shown.includes(undefined));
  return isKnown ? undefined : `${page.status} is a page of no release`;
}

interface Need {
  readonly reference: string;
  readonly from: string;
}

const isStyle = (path: string): boolean => path.endsWith('.css');
const keyOf = (path: string): string => decodeURI(path).slice(1);

/** All that a text needs, and what the styles among it need as they lie in the bucket. */
function needs({ stored }: Sight, text: string, path: string): readonly Need[] {
  const found = new Map<string, Need>();
  const add = (from: string, content: string): void => {
    for (const reference of referencesOf(content, from)) {
      if (found.has(reference)) continue;
      found.set(reference, { reference, from });
      if (isStyle(reference)) add(reference, stored.get(keyOf(reference)) ?? '');
    }
  };
  add(path, text);
  return [...found.values()];
}

const missing = (sight: Sight, text: string, path: string): readonly string[] =>
  needs(sight, text, path)
    .filter(({ reference }) => !sight.stored.has(keyOf(reference)))
    .map(({ reference, from }) => `${from} needs ${reference}, which the bucket does not hold`);
