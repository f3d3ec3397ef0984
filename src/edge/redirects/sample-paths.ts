import type { PathPart, RedirectRule } from '../../model/redirect-rule.ts';

/** Characters for private use: no file and no rule is called so. */
const unusual = '\uE000';

const manySplats = ['', unusual, `${unusual}/${unusual}`, `${unusual}/`];

/**
 * Paths that stand for all that a rule matches: what matches them by placeholders matches every path of the rule. One for
 * each way that its slashes and what it catches may be.
 */
export function samplePaths({ from, slashMatters }: Pick<RedirectRule, 'from' | 'slashMatters'>): readonly string[] {
  const splats = from.some(({ kind }) => kind === 'splat') ? manySplats : [''];
  const paths = splats.map((splat) => from.map((part, index) => sampleOf(part, index, splat)).join(''));
  const bare = paths.map((path) => path.replace(/(.)\/$/, '$1'));
  const either = bare.flatMap((path) => (path === '/' ? [path] : [path, `${path}/`]));
  return [...new Set((slashMatters ? paths : either).map((path) => path.replace(/\/{2,}/g, '/')))];
}

function sampleOf(part: PathPart, index: number, splat: string): string {
  if (part.kind === 'text') return part.text;
  return part.kind === 'splat' ? splat : `${unusual}${index}`;
}
