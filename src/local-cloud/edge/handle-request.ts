import { Buffer } from 'node:buffer';
import type { EdgeCachePolicy, EdgeDistribution } from '../edge-view.ts';
import type { FunctionRunner } from '../sandbox/create-function-runner.ts';
import type { FunctionEvent } from '../sandbox/function-event.ts';
import type { FunctionResult } from '../sandbox/function-result.ts';
import { isNotModified, notModifiedHeaders } from './answer-conditional.ts';
import { answerRange } from './answer-range.ts';
import { applyHeadersPolicy } from './apply-headers-policy.ts';
import type { EdgeRequest } from './edge-request.ts';
import { errorReply } from './error-reply.ts';
import { findRequestFault } from './find-request-fault.ts';
import { type CachedContext, fetchUncached, type LookUp, lookUpObject } from './look-up-object.ts';
import { makeCacheKey } from './make-cache-key.ts';
import { pickBehavior, type Route } from './pick-behavior.ts';
import type { Reply } from './reply.ts';
import { applyFunctionRequest, viewerRequestEvent } from './viewer-request-event.ts';
import { applyFunctionResponse, viewerResponseEvent } from './viewer-response-event.ts';

export interface HandlingContext extends CachedContext {
  readonly functions: FunctionRunner;
}

/** What became of a request, for the log. */
export interface Handled {
  readonly reply: Reply;
  readonly pathPattern: string;
  /** The path that was looked up, where the request got so far. */
  readonly cacheUri?: string;
  readonly functionLogs: readonly string[];
}

/** One request to one distribution, in CloudFront's order: checks, viewer-request, cache, origin, viewer-response. */
export async function handleRequest(
  context: HandlingContext,
  distribution: EdgeDistribution,
  request: EdgeRequest,
): Promise<Handled> {
  const route = pickBehavior(distribution, request.uri);
  const pathPattern = route.behavior.pathPattern;
  const fault = findRequestFault(request, route.behavior);
  if (fault !== undefined) {
    const reply = errorReply({ ...fault, requestId: request.id });
    return { reply: withPolicy(context, route, reply), pathPattern, functionLogs: [] };
  }
  const event = viewerRequestEvent(distribution, request);
  const before = await runFunction(context, route.behavior.viewerRequestFunctionArn, event);
  const functionLogs = [...(before?.logs ?? [])];
  if (before !== undefined && before.kind !== 'request') {
    const reply = functionReply(before, event, request);
    return { reply: withPolicy(context, route, reply), pathPattern, functionLogs };
  }
  const asked = before === undefined ? request : applyFunctionRequest(request, event, before.request);
  const wanted = { ...asked, uri: rootObject(asked.uri, distribution) };
  const found = await findObject(context, distribution, route, wanted);
  const reply = withPolicy(context, route, replyOf(found, wanted));
  const shown = await runViewerResponse(context, { route, request, event: eventOf(event, before), reply, found });
  return { reply: shown.reply, pathPattern, cacheUri: wanted.uri, functionLogs: [...functionLogs, ...shown.logs] };
}

/** The default root object answers "an end-user request that calls the root", and no folder below it. */
function rootObject(uri: string, distribution: EdgeDistribution): string {
  return uri === '/' && distribution.defaultRootObject !== '' ? `/${distribution.defaultRootObject}` : uri;
}

async function findObject(
  context: HandlingContext,
  distribution: EdgeDistribution,
  route: Route,
  request: EdgeRequest,
): Promise<LookUp> {
  const policy = context.view.cachePolicy(route.behavior.cachePolicyId) ?? noCaching;
  const key = makeCacheKey(distribution.id, policy, request);
  const forwardId = route.behavior.originRequestPolicyId;
  const forward = forwardId === undefined ? undefined : context.view.originRequestPolicy(forwardId);
  const plan = { distribution, ...route, policy, forward, request, key };
  // "CloudFront always caches responses to GET and HEAD requests", to OPTIONS where told to, to no others.
  const cached = ['GET', 'HEAD'].includes(request.method) || route.behavior.cachedMethods.includes(request.method);
  return cached && policy.maxTtlSeconds > 0 ? lookUpObject(context, plan) : fetchUncached(context, plan);
}

/** What the managed policy CachingDisabled says. */
const noCaching: EdgeCachePolicy = {
  ...{ minTtlSeconds: 0, defaultTtlSeconds: 0, maxTtlSeconds: 0, gzip: false, brotli: false },
  ...{ queryStrings: 'none', headers: [], cookies: 'none' },
};

/** The answer to this viewer: whole, a part of it, or that the viewer's copy still holds. */
function replyOf(found: LookUp, request: EdgeRequest): Reply {
  if (found.kind === 'stream') return { status: found.status, headers: found.headers, body: found.body, cache: 'Miss' };
  const { entry, cache, ageSeconds } = found;
  const headers = ageSeconds === undefined ? entry.headers : [...entry.headers, ['age', String(ageSeconds)] as const];
  const whole = { status: entry.status, headers, body: entry.body };
  if (entry.status !== 200) return { ...whole, cache };
  if (isNotModified(request.headers, headers)) {
    return { status: 304, headers: notModifiedHeaders(headers), body: Buffer.alloc(0), cache };
  }
  return { ...(request.method === 'GET' ? answerRange(whole, request.headers) : whole), cache };
}

function withPolicy(context: HandlingContext, { behavior }: Route, reply: Reply): Reply {
  const id = behavior.responseHeadersPolicyId;
  const policy = id === undefined ? undefined : context.view.responseHeadersPolicy(id);
  return policy === undefined ? reply : { ...reply, headers: applyHeadersPolicy(reply.headers, policy) };
}

async function runFunction(
  context: HandlingContext,
  arn: string | undefined,
  event: FunctionEvent,
): Promise<FunctionResult | undefined> {
  if (arn === undefined) return undefined;
  const fn = context.view.liveFunction(arn);
  if (fn !== undefined) return context.functions.run(fn, event);
  const message = `the function ${arn} is not live here`;
  return { kind: 'error', code: 'FunctionExecutionError', status: 503, message, logs: [], elapsedMs: 0 };
}

/** A viewer-request function's answer in place of the origin's, or the page that tells of its failure. */
function functionReply(
  result: Exclude<FunctionResult, { kind: 'request' }>,
  event: FunctionEvent,
  request: EdgeRequest,
): Reply {
  if (result.kind === 'error') return failureReply(result, request);
  const empty: Reply = { status: 200, headers: [], body: Buffer.alloc(0), cache: 'FunctionGeneratedResponse' };
  const reply = applyFunctionResponse(empty, event, result.response);
  return { ...reply, headers: [['server', 'CloudFront'], ...reply.headers.filter(([name]) => name !== 'server')] };
}

function failureReply(result: Extract<FunctionResult, { kind: 'error' }>, request: EdgeRequest): Reply {
  const message = 'The CloudFront function associated with the CloudFront distribution is invalid or could not run.';
  const text = { status: result.status, message, requestId: request.id, detail: `${result.code}: ${result.message}` };
  return errorReply(text, result.code);
}

/** A viewer-response function sees the request as the viewer-request function left it. */
function eventOf(event: FunctionEvent, before: FunctionResult | undefined): FunctionEvent {
  return before?.kind === 'request' ? { ...event, request: before.request } : event;
}

/**
 * "CloudFront doesn't invoke edge functions for viewer response events when the origin returns HTTP status code 400 or
 * higher", whatever a custom error page makes of it. It runs on cached answers too, and what it changes is not cached.
 */
async function runViewerResponse(
  context: HandlingContext,
  options: {
    readonly route: Route;
    readonly request: EdgeRequest;
    readonly event: FunctionEvent;
    readonly reply: Reply;
    readonly found: LookUp;
  },
): Promise<{ readonly reply: Reply; readonly logs: readonly string[] }> {
  const { route, request, reply, found } = options;
  const originStatus = found.kind === 'entry' ? found.entry.originStatus : found.status;
  if (originStatus >= 400 || reply.status >= 400) return { reply, logs: [] };
  const event = viewerResponseEvent(options.event, reply);
  const result = await runFunction(context, route.behavior.viewerResponseFunctionArn, event);
  if (result === undefined || result.kind === 'request') return { reply, logs: [] };
  const { logs } = result;
  if (result.kind === 'error') return { reply: withPolicy(context, route, failureReply(result, request)), logs };
  return { reply: applyFunctionResponse(reply, event, result.response), logs };
}
