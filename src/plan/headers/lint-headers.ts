import type { Diagnostic } from '../../model/diagnostic.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';
import { compileMatch } from './compile-match.ts';
import { isSiteWide } from './is-site-wide.ts';
import { tellOrigin } from './tell-origin.ts';

/**
 * Looks which statements that somebody wrote decide nothing of this build: their pattern finds no file, or later ones
 * say the same header for all that it finds. Where others win for some of its files only, that is a notice: Cloudflare
 * would join the values there. Throws `E_CONFIG` for a glob of too many.
 */
export function lintHeaders(request: {
  readonly statements: readonly HeaderStatement[];
  readonly keys: readonly string[];
  readonly cleanUrls: boolean;
}): readonly Diagnostic[] {
  const found = findKeys(request);
  const rivals = groupByName(request.statements);
  return request.statements.flatMap((statement) => {
    if (statement.origin.kind === 'built-in') return [];
    const finding = lint(statement, rivals.get(statement.name) ?? [], found);
    return finding === undefined ? [] : [{ source: statement.origin.source, ...finding }];
  });
}

function groupByName(statements: readonly HeaderStatement[]): ReadonlyMap<string, readonly HeaderStatement[]> {
  const groups = new Map<string, HeaderStatement[]>();
  for (const statement of statements) {
    const group = groups.get(statement.name);
    if (group === undefined) groups.set(statement.name, [statement]);
    else group.push(statement);
  }
  return groups;
}

type Found = ReadonlyMap<string, ReadonlySet<string>>;

/** The keys that each pattern finds. */
function findKeys({ statements, keys, cleanUrls }: Parameters<typeof lintHeaders>[0]): Found {
  const patterns = new Set(statements.map(({ match }) => match));
  return new Map(
    [...patterns].map((match) => {
      const matches = compileMatch(match, cleanUrls);
      return [match, new Set(isSiteWide(match) ? keys : keys.filter(matches))];
    }),
  );
}

function lint(
  statement: HeaderStatement,
  rivals: readonly HeaderStatement[],
  found: Found,
): Pick<Diagnostic, 'level' | 'message'> | undefined {
  const { name, match } = statement;
  const count = found.get(match)?.size ?? 0;
  if (count === 0) return { level: 'notice', message: `${match} finds no file of the build` };
  // Cookies of several rules add up.
  const later = name === 'set-cookie' ? [] : rivals.slice(rivals.indexOf(statement) + 1);
  if (later.length === 0) return undefined;
  const left = new Set(found.get(match));
  let winner: HeaderStatement | undefined;
  for (const rival of later) {
    const before = left.size;
    for (const key of found.get(rival.match) ?? []) left.delete(key);
    if (left.size < before) winner = rival;
  }
  if (winner === undefined) return undefined;
  const where = tellOrigin(winner);
  if (left.size === 0)
    return { level: 'warning', message: `${name} has no effect: ${where} decides for all its files` };
  return { level: 'notice', message: `${name}: ${where} decides for ${count - left.size} of its ${count} files` };
}
