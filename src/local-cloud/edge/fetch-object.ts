import type { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { buildOriginRequest } from './build-origin-request.ts';
import { cleanOriginHeaders } from './clean-origin-headers.ts';
import type { Answer } from './compress-answer.ts';
import type { EdgeContext, ObjectPlan } from './edge-context.ts';
import { errorPage } from './error-reply.ts';
import { fetchOrigin, type OriginResult } from './fetch-origin.ts';
import { type HeaderLines, headerValue } from './header-lines.ts';
import { readBody } from './read-body.ts';

export type Fetched =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'stream'; readonly status: number; readonly headers: HeaderLines; readonly body: Readable };

/** Our bound on one cached body, in bytes; CloudFront's is 50 GB. What is larger passes through. */
const maxBodyBytes = 100 * 1024 * 1024;

/** Asks the plan's origin for its object. An origin that cannot be reached answers with a page of the edge's own. */
export async function fetchObject(
  context: EdgeContext,
  plan: ObjectPlan,
  options: { readonly method: string; readonly conditions: HeaderLines },
): Promise<Fetched> {
  if (plan.origin.kind === 'custom') return fetchCustom(context, plan, options);
  if (!['GET', 'HEAD', 'OPTIONS'].includes(options.method)) {
    return own(plan, 502, `${options.method} requests to an S3 origin are not supported yet by the local cloud.`);
  }
  const request = buildOriginRequest({
    ...options,
    ...plan,
    ...context,
    host: `${context.s3.host}:${context.s3.port}`,
    at: context.clock.now(),
  });
  const to = { ...context.s3, agent: context.agent, secure: false };
  const result = await fetchOrigin({ clock: context.clock, ...to, request });
  if (result.kind === 'failed') return own(plan, result.status, result.message);
  return receive(plan, result, options.method);
}

/** Another server: "the domain name of the origin" is its Host, and it gets the viewer's body and method. */
async function fetchCustom(
  context: EdgeContext,
  plan: ObjectPlan,
  options: { readonly method: string; readonly conditions: HeaderLines },
): Promise<Fetched> {
  const { origin } = plan;
  const body =
    plan.request.hasBody && options.method === plan.request.method ? await plan.request.readBody() : undefined;
  const host = origin.domainName;
  const request = { ...buildOriginRequest({ ...options, ...plan, ...context, host, at: context.clock.now() }), body };
  const result = await fetchOrigin({ clock: context.clock, ...customAddress(origin), request });
  if (result.kind === 'failed') return own(plan, result.status, result.message);
  return receive(plan, result, options.method);
}

/** "Match viewer: CloudFront communicates with your origin using the viewer's protocol"; every viewer here counts as HTTPS. */
function customAddress({ domainName, custom }: ObjectPlan['origin']) {
  const secure = custom?.protocolPolicy !== 'http-only';
  const port = (secure ? custom?.httpsPort : custom?.httpPort) ?? (secure ? 443 : 80);
  const timeoutMs = (custom?.readTimeoutSeconds ?? 30) * 1000;
  return { host: domainName, port, secure, timeoutMs, agent: false } as const;
}

async function receive(
  plan: ObjectPlan,
  result: Extract<OriginResult, { kind: 'response' }>,
  method: string,
): Promise<Fetched> {
  const forwarded = plan.policy.cookies !== 'none' || (plan.forward?.cookies ?? 'none') !== 'none';
  const cookies = forwarded ? 'kept' : 'dropped';
  const headers = cleanOriginHeaders(result.headers, { cookies });
  const { status } = result;
  const length = Number(headerValue(headers, 'content-length') ?? 0);
  if (method !== 'HEAD' && length > maxBodyBytes) return { kind: 'stream', status, headers, body: result.body };
  const body: Buffer | undefined = await readBody(result.body);
  // "If the value of the Content-Length header doesn't match the size of the object, CloudFront doesn't cache the object."
  if (body === undefined) return own(plan, 502, 'CloudFront lost its connection to the origin.');
  return { kind: 'answer', answer: { status, headers, body } };
}

function own(plan: ObjectPlan, status: number, message: string): Fetched {
  return { kind: 'answer', answer: errorPage({ status, message, requestId: plan.request.id }) };
}
