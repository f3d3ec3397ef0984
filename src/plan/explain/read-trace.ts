import { canonicalPath } from '../../edge/canonical-path.ts';
import { spellRule } from '../../edge/redirects/spell-rule.ts';
import type { EdgeSource } from '../../model/edge-source.ts';
import type { RuleSource } from '../../model/redirect-rule.ts';
import type { EdgeVisit } from './edge-visit.ts';
import type { Cause } from './explanation.ts';

/** What decided about a visit: what the traced text says of itself, and what CloudFront does before and after it. */
export function readTrace({ path, logs, outcome }: EdgeVisit, source: EdgeSource): readonly Cause[] {
  if (outcome.kind === 'toHttps') return [cause('https', 'the distribution answers by https alone')];
  if (outcome.kind === 'refused') return [cause('method', 'the distribution takes GET and HEAD only')];
  const causes = logs.flatMap((line) => readLine(line, source));
  const known = new Set(causes.map(({ kind }) => kind));
  const isMoved = outcome.kind === 'answered' && outcome.headers.some(([name]) => name === 'location');
  if (outcome.kind === 'missing' && !known.has('notFound')) return [...causes, cause('notFound', 'no such file')];
  if (isMoved && !known.has('rule') && !known.has('host') && isTraced(logs, 'location'))
    return [...causes, cause('cleanUrl', slashes(source))];
  if (outcome.kind === 'answered' && [...known].every((kind) => kind === 'auth' && isAdmitted(logs)))
    return [...causes, cause('function', 'your own viewer-request function answers')];
  const isPlain = outcome.kind === 'file' && [...known].every((kind) => kind === 'auth');
  const asked = path.replace(/\?.*$/s, '');
  return isPlain && asked !== canonicalPath(outcome.key) ? [...causes, cause('cleanUrl', slashes(source))] : causes;
}

const slashes = ({ cleanUrls, trailingSlash }: EdgeSource): string =>
  `${cleanUrls ? 'clean URL' : 'index of a folder'}, trailingSlash ${trailingSlash}`;

const cause = (kind: Cause['kind'], text: string, where: string | null = null): Cause => ({ kind, where, text });

function readLine(line: string, source: EdgeSource): readonly Cause[] {
  const [what, data] = parse(line);
  if (what === 'rule') {
    const rule = source.redirects[Number(data)];
    return rule === undefined ? [] : [cause('rule', spellRule(rule), tellPlace(rule.source))];
  }
  const patterns = what === 'origin' ? source.origins[Number(data)]?.patterns : undefined;
  if (patterns !== undefined) return [cause('origin', `${patterns.join(', ')} is another server's`)];
  if (what === 'host') return [cause('host', `${String(data)} is the name of the site`)];
  if (what === 'maintenance') return [cause('maintenance', 'closed for maintenance')];
  if (what === 'auth') return [cause('auth', data === true ? 'lets this visitor in' : tellDoor(source))];
  if (what === 'handler') return [cause('function', `your own viewer-request function leads to ${String(data)}`)];
  if (what === 'app') return [cause('app', 'an unknown path is the application’s')];
  return what === 'notFound' ? [cause('notFound', 'no such path')] : [];
}

function tellDoor({ auth }: EdgeSource): string {
  const ways = [...(auth !== null && auth.users.length > 0 ? ['a password'] : []), ...(auth?.jwt ? ['a token'] : [])];
  return `guarded: asks for ${ways.join(' or ') || 'what nobody has'}`;
}

/** `_redirects:3`, `config redirects[2]`. */
const tellPlace = ({ file, line, entry }: RuleSource): string =>
  entry === undefined ? `${file}:${line}` : `${file} ${entry}`;

const isTraced = (logs: readonly string[], what: string): boolean => logs.some((line) => parse(line)[0] === what);

const isAdmitted = (logs: readonly string[]): boolean =>
  logs.map(parse).some(([what, data]) => what === 'auth' && data === true);

/** A line of the trace is a name and what goes with it; the user's own functions may log anything. */
function parse(line: string): readonly [string, unknown] {
  try {
    const value: unknown = JSON.parse(line);
    return Array.isArray(value) && typeof value[0] === 'string' ? [value[0], value[1]] : ['', undefined];
  } catch {
    return ['', undefined];
  }
}
