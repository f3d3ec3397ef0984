import type { Diagnostic } from '../../model/diagnostic.ts';
import type { BrokenLink } from './broken-links.ts';
import type { LinkSite } from './link-site.ts';

/** Told one by one; from there on they are counted. */
const told = 20;

/**
 * Broken links as warnings at their lines, each path once. Where a whole build expects to stand in another folder than it
 * does, that is one finding, and not one for each of its files.
 */
export function tellBrokenLinks(broken: readonly BrokenLink[], site: LinkSite): readonly Diagnostic[] {
  const base = wrongBase(broken, site);
  const rest = base === undefined ? broken : broken.filter(({ path }) => !path.startsWith(base));
  const shown = rest.slice(0, told);
  const next = rest[told];
  return [
    ...(base === undefined ? [] : tellBase(base, broken)),
    ...shown.map((link) => warn(link, tellLink(link, site))),
    ...(next === undefined ? [] : [warn(next, `and from here on ${rest.length - told} more paths that are not there`)]),
  ];
}

const warn = ({ source }: BrokenLink, message: string): Diagnostic => ({ source, level: 'warning', message });

function tellLink({ path, count }: BrokenLink, site: LinkSite): string {
  const file = site.otherCase(path);
  const others = count === 1 ? '' : `; so do ${count - 1} more`;
  if (file !== undefined) return `leads to ${path}, but the file is ${file}: capitals matter${others}`;
  return `leads to ${path}, which will be a 404${others}`;
}

/** How many folders deep a build may be made for. */
const deepest = 3;

/** The folder that most broken links begin with, and without which they lead to files: `/docs/`. */
function wrongBase(broken: readonly BrokenLink[], site: LinkSite): string | undefined {
  const votes = new Map<string, number>();
  for (const { path } of broken) {
    const base = basesOf(path).find((folder) => site.answers(path.slice(folder.length - 1)));
    if (base !== undefined) votes.set(base, (votes.get(base) ?? 0) + 1);
  }
  const [winner] = [...votes].sort(([, a], [, b]) => b - a);
  if (winner === undefined) return undefined;
  const [base, count] = winner;
  // One link with a folder too many is a slip of whoever wrote it.
  return count >= 2 && count * 2 >= broken.length && !site.holds(base.slice(1)) ? base : undefined;
}

function basesOf(path: string): readonly string[] {
  const segments = path.split('/').slice(1, -1).slice(0, deepest);
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}/`);
}

function tellBase(base: string, broken: readonly BrokenLink[]): readonly Diagnostic[] {
  const under = broken.filter(({ path }) => path.startsWith(base));
  const [first] = under;
  if (first === undefined) return [];
  const paths = under.length === 1 ? '1 path' : `${under.length} paths`;
  return [
    warn(
      first,
      `the build is made for ${base}, and its files stand at /: ${paths} will be a 404; build it for /, or publish it with its files in a folder ${base.slice(1)}`,
    ),
  ];
}
