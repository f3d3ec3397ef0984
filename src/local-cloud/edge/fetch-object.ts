import type { Buffer } from 'node:buffer';
import type { Readable } from 'node:stream';
import { buildOriginRequest } from './build-origin-request.ts';
import { cleanOriginHeaders } from './clean-origin-headers.ts';
import type { Answer } from './compress-answer.ts';
import type { EdgeContext, ObjectPlan } from './edge-context.ts';
import { errorPage } from './error-reply.ts';
import { fetchOrigin, type OriginResult, readBody } from './fetch-origin.ts';
import { type HeaderLines, headerValue } from './header-lines.ts';

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
  if (plan.origin.kind === 'custom') {
    return own(plan, 502, 'Custom origins are not supported yet by the local cloud.');
  }
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
  const result = await fetchOrigin({ clock: context.clock, agent: context.agent, ...context.s3, request });
  if (result.kind === 'failed') return own(plan, result.status, result.message);
  return receive(plan, result, options.method);
}

async function receive(
  plan: ObjectPlan,
  result: Extract<OriginResult, { kind: 'response' }>,
  method: string,
): Promise<Fetched> {
  const cookies = plan.policy.cookies === 'none' ? 'dropped' : 'kept';
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
