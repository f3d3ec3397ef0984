import { randomInt } from 'node:crypto';
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { EdgeView } from '../edge-view.ts';
import { createFunctionRunner } from '../sandbox/create-function-runner.ts';
import { type CachedObject, describeCache } from './describe-cache.ts';
import type { EarlyFills } from './edge-cache.ts';
import { type EdgeRequest, readEdgeRequest } from './edge-request.ts';
import { errorReply } from './error-reply.ts';
import { type Handled, type HandlingContext, handleRequest } from './handle-request.ts';
import type { CachedContext } from './look-up-object.ts';
import { createIdMint } from './mint-ids.ts';
import { openCache } from './open-cache.ts';
import { pickDistribution } from './pick-distribution.ts';
import { sendReply } from './send-reply.ts';
import type { ServiceKey } from './sign-origin-request.ts';

/** One point of presence of the local CloudFront. */
export interface Edge {
  /** As `X-Amz-Cf-Pop` gives it. */
  readonly name: string;
  /** For `http.createServer`; every viewer counts as HTTPS. */
  listener(req: IncomingMessage, res: ServerResponse): void;
  /** What lies in the cache now. */
  entries(): readonly CachedObject[];
  /** Gives up the connections to the origin. */
  close(): void;
}

/** One answered request, as a log shows it. */
export interface EdgeLogEntry {
  readonly requestId: string;
  /** Server time in milliseconds when the request came. */
  readonly at: number;
  readonly pop: string;
  readonly host: string;
  readonly method: string;
  /** As the viewer asked for it. */
  readonly uri: string;
  readonly status: number;
  readonly cache: string;
  readonly distributionId?: string;
  readonly pathPattern?: string;
  /** The path that was looked up, after the function and the default root object. */
  readonly cacheUri?: string;
  readonly functionLogs: readonly string[];
}

/**
 * Makes a point of presence. It knows the control plane by `view` alone and fetches objects over HTTP from the S3 port,
 * signed with `serviceKey` where the origin has an origin access control. `seed` fixes its name and its request ids.
 */
export function createEdge(options: {
  readonly view: EdgeView;
  readonly clock: Clock;
  readonly s3: { readonly host: '127.0.0.1'; readonly port: number };
  readonly serviceKey: ServiceKey;
  readonly seed?: number;
  /** The regional cache to ask in place of the origin. */
  readonly region?: CachedContext;
  readonly earlyFills?: EarlyFills;
  readonly log?: (entry: EdgeLogEntry) => void;
}): Edge {
  const { view, clock } = options;
  const mint = createIdMint(options.seed ?? randomInt(2 ** 31));
  const context: HandlingContext = {
    ...options,
    ...openCache(view, options.earlyFills),
    via: mint.via,
    agent: new Agent({ keepAlive: true, maxSockets: 64 }),
    functions: createFunctionRunner({
      readStore: (arn, key) => view.storeValue(arn, key),
      storeMeta: (arn) => view.storeMeta(arn),
      now: () => clock.now(),
    }),
  };

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const at = clock.now();
    const request = readEdgeRequest(req, mint.nextRequestId());
    const { distributionId, ...handled } = await handleSafely(context, request);
    const { reply } = handled;
    sendReply(res, reply, { via: mint.via, pop: mint.pop, requestId: request.id });
    options.log?.({
      ...{ requestId: request.id, at, pop: mint.pop, host: request.host, method: request.method, uri: request.uri },
      ...{ status: reply.status, cache: reply.cache, functionLogs: handled.functionLogs },
      ...(distributionId === undefined ? {} : { distributionId, pathPattern: handled.pathPattern }),
      ...(handled.cacheUri === undefined ? {} : { cacheUri: handled.cacheUri }),
    });
  }

  return {
    listener(req, res) {
      // All that is left to fail is writing to a viewer who has gone.
      answer(req, res).catch(() => res.destroy());
    },
    name: mint.pop,
    entries: () => describeCache(context),
    close: () => context.agent.destroy(),
  };
}

type Attributed = Handled & { readonly distributionId?: string };

/** A fault of the edge itself must not take the server down with it: it is a 500 that names the error. */
async function handleSafely(context: HandlingContext, request: EdgeRequest): Promise<Attributed> {
  try {
    const choice = pickDistribution(context.view, request.host);
    if (choice.kind === 'none') return refused(request, choice);
    const handled = await handleRequest(context, choice.distribution, request);
    return { ...handled, distributionId: choice.distribution.id };
  } catch (error) {
    return refused(request, { status: 500, message: `The local edge failed: ${error}` });
  }
}

function refused(request: EdgeRequest, text: { readonly status: number; readonly message: string }): Attributed {
  return { reply: errorReply({ ...text, requestId: request.id }), pathPattern: '', functionLogs: [] };
}
