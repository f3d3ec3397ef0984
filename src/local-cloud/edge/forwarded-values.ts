import type { EdgeOriginRequestPolicy } from '../edge-view.ts';
import type { EdgeRequest } from './edge-request.ts';
import { type HeaderLines, withoutHeaders } from './header-lines.ts';
import type { CacheKey } from './make-cache-key.ts';
import { type NamedValue, selectValues } from './named-values.ts';

interface Forwarding {
  readonly request: EdgeRequest;
  readonly key: CacheKey;
  readonly forward: EdgeOriginRequestPolicy | undefined;
  readonly method: string;
}

/**
 * The viewer's headers that go to the origin: "all URL query strings, HTTP headers, and cookies that you specify in the
 * cache policy or the origin request policy" ("How origin request policies and cache policies work together"), and what
 * tells of a body. "DELETE, PATCH, POST, and PUT requests: CloudFront does not remove the Authorization header"; for
 * others it goes on only where a policy names it.
 */
export function forwardedHeaders({ request, key, forward, method }: Forwarding): HeaderLines {
  const kept = new Set(key.headers.map(([name]) => name));
  const chosen = request.headers.filter(
    ([name]) => !kept.has(name) && !connectionHeaders.includes(name) && isForwarded(name, forward, method),
  );
  // Conditions and ranges of the viewer's are judged here, on the whole answer.
  return [...key.headers, ...withoutHeaders(chosen, request.method === 'GET' ? conditional : [])];
}

/** The query string, without `?`: what is in the cache key, or all that the origin request policy names. */
export const forwardedQuery = ({ request, key, forward }: Forwarding): string =>
  joined(key.query, forward === undefined ? [] : selectValues(request.query, forward.queryStrings), '&');

/** The `Cookie` header; empty for none. */
export const forwardedCookie = ({ request, key, forward }: Forwarding): string =>
  joined(key.cookie, forward === undefined ? [] : selectValues(request.cookies, forward.cookies), '; ');

function isForwarded(name: string, forward: EdgeOriginRequestPolicy | undefined, method: string): boolean {
  if (bodyHeaders.includes(name)) return true;
  if (name === 'authorization' && ['DELETE', 'PATCH', 'POST', 'PUT'].includes(method)) return true;
  const rule = forward?.headers ?? 'none';
  if (rule === 'none') return false;
  if (rule === 'all') return true;
  return 'whitelist' in rule ? rule.whitelist.includes(name) : !rule.allExcept.includes(name);
}

/** What both select is sent once: the policies add to each other. */
function joined(inKey: string, forwarded: readonly NamedValue[], separator: string): string {
  const known = inKey === '' ? [] : inKey.split(separator);
  return [...known, ...forwarded.map(({ raw }) => raw).filter((raw) => !known.includes(raw))].join(separator);
}

const bodyHeaders: readonly string[] = ['content-type', 'content-length', 'content-encoding'];

/** "CloudFront removes": headers of one connection, and what it sets itself. */
const connectionHeaders: readonly string[] = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'expect', 'via', 'x-amz-cf-id', 'x-forwarded-for'],
];

/** What the edge asks the origin about its own copies in the viewer's place. */
const conditional: readonly string[] = ['if-none-match', 'if-modified-since', 'range', 'if-range'];
