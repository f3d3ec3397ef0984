import { createHmac } from 'node:crypto';
import { compileEdge } from '../../edge/compile-edge.ts';
import { edgeSecretValue } from '../../edge/edge-secret.ts';
import type { FunctionEvent, FunctionRequest } from '../../local-cloud/sandbox/function-event.ts';
import type { EdgeProgram } from '../../model/edge-program.ts';
import type { EdgeVisit, HeaderLine, VisitOutcome } from '../../plan/explain/edge-visit.ts';
import type { ExplainedSite } from '../../plan/explain/explained-site.ts';
import { edgeTools } from '../edge-tools.ts';
import type { Viewer } from './viewer.ts';
import { type Address, viewerEvents } from './viewer-event.ts';

/** Asks a site for an address, as a viewer. */
export type AskEdge = (viewer: Viewer, address: Address) => EdgeVisit;

/**
 * Runs the texts of a site's functions, compiled to tell what they decide, in the sandbox of the local cloud, and plays
 * CloudFront's part around them. Nothing is asked of any network. Throws `E_EDGE_SIZE`, `E_CONFIG`.
 */
export async function openEdge(site: ExplainedSite): Promise<AskEdge> {
  const { source, layout } = site;
  const [tools, makeEvent, run] = await Promise.all([edgeTools(), viewerEvents(), openRunner()]);
  const keys = [...site.objects.keys()];
  const relayout = layout === null ? 'when sparse' : 'keep';
  const { program } = compileEdge({ keys, source, layout, relayout, trace: 'on', tools });
  const bare = new Map([...program.store, ...program.initial]);
  return (viewer, address) => {
    const store = new Map([...bare, ...secretsOf(site, program, viewer), ...site.store]);
    const edge: Edge = { site, viewer, program, run: (name, code, event) => run({ name, code, store }, event) };
    const logs: string[] = [];
    const outcome = visit(edge, { address, event: makeEvent(viewer, address), logs });
    return { url: `${address.scheme}://${address.host}${address.path}`, path: address.path, outcome, logs };
  };
}

interface Edge {
  readonly site: ExplainedSite;
  readonly viewer: Viewer;
  readonly program: EdgeProgram;
  readonly run: (name: string, code: string, event: FunctionEvent) => RunResult;
}

interface Asked {
  readonly address: Address;
  readonly event: FunctionEvent;
  /** Lines are added as functions write them. */
  readonly logs: string[];
}

function visit(edge: Edge, { address, event, logs }: Asked): VisitOutcome {
  const { site, viewer, program } = edge;
  // Of the names of this machine every one counts as secure. CloudFront leads all else to https ("Require
  // HTTPS between viewers and CloudFront"): 301, and 307 where the method must stay.
  if (address.scheme === 'http' && !isLoopback(address.host)) {
    const status = viewer.method === 'GET' || viewer.method === 'HEAD' ? 301 : 307;
    return { kind: 'toHttps', status, location: `https://${address.host}${address.path}` };
  }
  const isOrigins = site.source.origins.some(({ patterns }) => patterns.some((one) => matches(one, event.request.uri)));
  if (!isOrigins && viewer.method !== 'GET' && viewer.method !== 'HEAD')
    return { kind: 'refused', status: 403, headers: withPolicy(site, [['content-type', 'text/html']]) };
  const { result, headersOf } = edge.run('viewer-request', program.viewerRequest, event);
  logs.push(...result.logs);
  if (result.kind === 'error') return failure(result);
  if (result.kind === 'response')
    return {
      kind: 'answered',
      status: result.response.statusCode,
      headers: withPolicy(site, headersOf(result.response)),
    };
  if (isOrigins && logs.some((line) => line.startsWith('["origin",')))
    return { kind: 'origin', path: result.request.uri };
  return answerFromBucket(edge, { event, logs }, result.request);
}

function answerFromBucket(edge: Edge, { event, logs }: Omit<Asked, 'address'>, request: FunctionRequest): VisitOutcome {
  const { site, program } = edge;
  const key = decodeURIComponent(request.uri.slice(1)) || 'index.html';
  const object = site.objects.get(key);
  if (object === undefined) {
    const page = site.source.notFound;
    return { kind: 'missing', key: page, headers: withPolicy(site, linesOf(site.objects.get(page)?.headers ?? {})) };
  }
  const headers = withPolicy(site, linesOf(object.headers));
  if (program.viewerResponse === null) return { kind: 'file', status: 200, key, headers };
  const fields = Object.fromEntries(headers.map(([name, value]) => [name, { value }]));
  const context = { ...event.context, eventType: 'viewer-response' as const };
  const response = { statusCode: 200, statusDescription: 'OK', headers: fields, cookies: {} };
  const passed = edge.run('viewer-response', program.viewerResponse, { ...event, context, request, response });
  logs.push(...passed.result.logs);
  if (passed.result.kind === 'error') return failure(passed.result);
  if (passed.result.kind === 'request') throw new Error('a viewer-response function answered with a request');
  const { statusCode } = passed.result.response;
  return { kind: 'file', status: statusCode, key, headers: passed.headersOf(passed.result.response) };
}

const failure = ({ status, message }: { readonly status: number; readonly message: string }): VisitOutcome => ({
  ...{ kind: 'failed', status, message },
});

/** The response headers policy takes metadata away and sets its own. */
function withPolicy({ source }: ExplainedSite, headers: readonly HeaderLine[]): readonly HeaderLine[] {
  const kept = headers.filter(([name]) => !(name in source.policy));
  return [...kept, ...Object.entries(source.policy)];
}

const linesOf = (headers: Readonly<Record<string, string>>): readonly HeaderLine[] => Object.entries(headers);

/** CloudFront: `*` is whatever comes, `?` one character; a leading slash may be left out. */
function matches(pattern: string, uri: string): boolean {
  const source = pattern
    .replace(/^\/?/, '/')
    .replace(/[\\^$.*+?()[\]{}|]/g, (c) => ({ '*': '[\\s\\S]*', '?': '[\\s\\S]' })[c] ?? `\\${c}`);
  return new RegExp(`^${source}$`).test(uri);
}

const isLoopback = (host: string): boolean => /^(?:.*\.)?localhost(?::\d+)?$|^127\.|^\[::1\]/.test(host);

/** What the store would hold of secrets. Where nobody knows them, who brings a password for a user is taken at their word. */
function secretsOf(
  { secretValue }: ExplainedSite,
  { secrets }: EdgeProgram,
  viewer: Viewer,
): ReadonlyMap<string, string> {
  if (secretValue !== null) return new Map([...secrets].map(([key, secret]) => [key, secretValue(secret)]));
  const given = viewer.headers.find(([name]) => name === 'authorization')?.[1] ?? '';
  const pair = Buffer.from(/^basic +(\S+)$/i.exec(given)?.[1] ?? '', 'base64').toString();
  const [user, value] = [pair.slice(0, Math.max(0, pair.indexOf(':'))), pair.slice(pair.indexOf(':') + 1)];
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
  const known = [...secrets].filter(([, secret]) => secret.kind === 'password' && secret.user === user);
  return new Map(known.map(([key, secret]) => [key, edgeSecretValue(secret, { value, salt: 'explain', hmac })]));
}

type Runner = Awaited<ReturnType<typeof openRunner>>;
type RunResult = ReturnType<Runner>;

async function openRunner() {
  const [{ createFunctionRunner }, { headersFromFields, fromFields }, { writeSetCookie }] = await Promise.all([
    import('../../local-cloud/sandbox/create-function-runner.ts'),
    import('../../local-cloud/edge/event-fields.ts'),
    import('../../local-cloud/edge/set-cookie.ts'),
  ]);
  return (
    fn: { readonly name: string; readonly code: string; readonly store: ReadonlyMap<string, string> },
    event: FunctionEvent,
  ) => {
    // A traced text may be longer than CloudFront would take.
    const options = { readStore: (_: string, key: string) => fn.store.get(key), storeMeta: () => undefined };
    const runner = createFunctionRunner({ ...options, maxFunctionBytes: Number.POSITIVE_INFINITY });
    const { name, code } = fn;
    const result = runner.runNow(
      { arn: name, name, version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: ['arn:explain'] },
      event,
    );
    const headersOf = (response: {
      readonly headers?: Parameters<typeof headersFromFields>[0];
      readonly cookies?: Parameters<typeof fromFields>[0];
    }): readonly HeaderLine[] => [
      ...headersFromFields(response.headers ?? {}, event.response?.headers ?? {}),
      ...fromFields(response.cookies ?? {}, {}).map((one): HeaderLine => ['set-cookie', writeSetCookie(one)]),
    ];
    return { result, headersOf };
  };
}
