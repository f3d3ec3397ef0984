import type { Reference } from './reference.ts';

/** What a style sheet asks for: `url(…)` and `@import`. Offsets are counted from `offset`. */
export const findCssReferences = (css: string, offset = 0): readonly Reference[] =>
  [...css.matchAll(asking)].flatMap(({ index, groups = {} }) => {
    const url = groups.double ?? groups.single ?? groups.bare ?? groups.import ?? groups.imported;
    return url === undefined || url === '' ? [] : [{ url, at: offset + index }];
  });

/** Comments are found so that what stands in them is not. */
const asking =
  /\/\*[\s\S]*?(?:\*\/|$)|url\(\s*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s"')]*))\s*\)|@import\s+(?:"(?<import>[^"\n]*)"|'(?<imported>[^'\n]*)')/gi;
