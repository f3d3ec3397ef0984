import { createHmac } from 'node:crypto';
import { canonicalPath } from '../../src/edge/canonical-path.ts';
import { type CompiledEdge, compileEdge } from '../../src/edge/compile-edge.ts';
import { edgeSecretValue } from '../../src/edge/edge-secret.ts';
import { readRedirects } from '../../src/edge/redirects/read-redirects.ts';
import { createFunctionRunner } from '../../src/local-cloud/sandbox/create-function-runner.ts';
import type { FunctionEvent, FunctionRequest, FunctionResponse } from '../../src/local-cloud/sandbox/function-event.ts';
import type { FunctionResult } from '../../src/local-cloud/sandbox/function-result.ts';
import type { EdgeProgram } from '../../src/model/edge-program.ts';
import type { EdgeSource } from '../../src/model/edge-source.ts';
import { makeSource } from '../support/make-edge.ts';
import { tools } from './edge-tools.ts';
import { eventFor, type Visit } from './event-for.ts';

/** A site at the edge, as far as its functions decide. */
export interface SiteAtEdge {
  readonly keys: readonly string[];
  readonly source?: Partial<EdgeSource>;
  /** Text of `_redirects`, whose rules go before the source's. */
  readonly redirects?: string;
  /** Passwords by user, and the key of tokens. */
  readonly secrets?: { readonly users?: Readonly<Record<string, string>>; readonly jwtKey?: string };
  /** What lies in the store otherwise than the compiler says; null: gone. */
  readonly store?: Readonly<Record<string, string | null>>;
  readonly trace?: 'on';
}

/** What a viewer gets. */
export interface Seen {
  readonly status: number;
  /** The key that was asked of the bucket; undefined where a function answered, and for another origin. */
  readonly key?: string;
  /** The path under which edges keep it. */
  readonly uri?: string;
  /** Path that another origin was asked for. */
  readonly origin?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Headers that the origin would see, if it were told any. */
  readonly sent?: FunctionRequest['headers'];
  readonly logs: readonly string[];
}

export type Open = (visit: string | Visit) => Promise<Seen>;

export const compileSite = (site: SiteAtEdge): CompiledEdge =>
  compileEdge({ keys: site.keys, source: sourceOf(site), tools, ...(site.trace === undefined ? {} : { trace: 'on' }) });

export function sourceOf({ source = {}, redirects = '' }: SiteAtEdge): EdgeSource {
  const { rules } = readRedirects({ text: redirects, file: '_redirects' });
  return makeSource({ ...source, redirects: [...rules, ...(source.redirects ?? [])] });
}

/** Compiles a site and plays CloudFront's part around its functions: a bucket of its keys, and the page for a 404. */
export function openSite(site: SiteAtEdge): Open {
  const { program } = compileSite(site);
  const store = storeOf(program, site);
  const runner = createFunctionRunner({
    readStore: (_, key) => store.get(key) ?? undefined,
    storeMeta: () => undefined,
  });
  const run = (name: string, code: string, event: FunctionEvent): Promise<FunctionResult> =>
    runner.run({ arn: name, name, version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: ['arn:s'] }, event);
  return async (visit) => {
    const event = eventFor(typeof visit === 'string' ? { path: visit } : visit);
    const first = await run('request', program.viewerRequest, event);
    if (first.kind === 'error') throw new Error(first.message);
    if (first.kind === 'response') return { ...seen(first.response), logs: first.logs };
    const found = answerOf(site, first.request);
    const asked = { uri: first.request.uri, ...found.asked, sent: first.request.headers, logs: first.logs };
    if (program.viewerResponse === null || found.response.statusCode >= 400)
      return { ...seen(found.response), ...asked };
    const context = { ...event.context, eventType: 'viewer-response' as const };
    const then = { ...event, context, request: first.request, response: found.response };
    const last = await run('response', program.viewerResponse, then);
    if (last.kind !== 'response') throw new Error(last.kind === 'error' ? last.message : 'no response');
    return { ...seen(last.response), ...asked };
  };
}

/** In short: `200 docs/index.html`, `301 /docs/`, `404 404.html`, `401`. */
export function inShort({ status, key, origin, headers }: Seen): string {
  const what = headers.location ?? key ?? (origin === undefined ? '' : `origin ${origin}`);
  return `${status} ${what}`.trim();
}

function storeOf(program: EdgeProgram, { secrets = {}, store = {} }: SiteAtEdge): ReadonlyMap<string, string | null> {
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
  const made = [...program.secrets].map(([key, secret]): [string, string] => {
    const value = (secret.kind === 'password' ? secrets.users?.[secret.user] : secrets.jwtKey) ?? 'none';
    return [key, edgeSecretValue(secret, { value, salt: 'a-salt', hmac })];
  });
  return new Map([...program.store, ...program.initial, ...made, ...Object.entries(store)]);
}

/** The bucket knows its keys; what it does not know the distribution answers with the 404 page. */
function answerOf(
  site: SiteAtEdge,
  request: FunctionRequest,
): { readonly asked: Partial<Seen>; readonly response: FunctionResponse } {
  const source = sourceOf(site);
  const headers = { 'cache-control': { value: 'public, max-age=0, s-maxage=86400, must-revalidate' } };
  if (source.origins.some(({ patterns }) => patterns.some((one) => request.uri.startsWith(one.replace('*', ''))))) {
    const query = Object.keys(request.querystring).join();
    return { asked: { origin: `${request.uri}${query && `?${query}`}` }, response: { statusCode: 200, headers } };
  }
  if (Object.keys(request.querystring).length > 0) throw new Error('the bucket saw a query string');
  const key = decodeURIComponent(request.uri.slice(1));
  const isThere = site.keys.includes(key) || key === source.notFound;
  return isThere
    ? { asked: { key }, response: { statusCode: 200, headers } }
    : {
        asked: { key: source.notFound, uri: canonicalPath(source.notFound) },
        response: { statusCode: 404, headers: {} },
      };
}

function seen(response: FunctionResponse): Omit<Seen, 'logs'> {
  const headers = Object.entries(response.headers ?? {}).map(([name, { value }]) => [name, value]);
  const { body } = response;
  const text = typeof body === 'string' ? body : body?.data;
  return {
    status: response.statusCode,
    headers: Object.fromEntries(headers),
    ...(text === undefined ? {} : { body: text }),
  };
}
