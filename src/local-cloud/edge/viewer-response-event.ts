import { Buffer } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { FunctionEvent, FunctionResponse } from '../sandbox/function-event.ts';
import { isDisallowedHeader } from '../sandbox/header-rules.ts';
import { fromFields, headersFromFields, headersToFields, toFields } from './event-fields.ts';
import { headerValue, withHeaders, withoutHeaders } from './header-lines.ts';
import type { Reply } from './reply.ts';
import { readSetCookie, writeSetCookie } from './set-cookie.ts';

/** What a viewer-response function gets: the request, and the answer about to be sent without its body. */
export function viewerResponseEvent(requestEvent: FunctionEvent, reply: Reply): FunctionEvent {
  const visible = reply.headers.filter(([name]) => !isDisallowedHeader(name));
  const cookies = visible.filter(([name]) => name === 'set-cookie').map(([, value]) => readSetCookie(value));
  return {
    ...requestEvent,
    context: { ...requestEvent.context, eventType: 'viewer-response' },
    response: {
      statusCode: reply.status,
      statusDescription: reply.statusText ?? STATUS_CODES[reply.status] ?? '',
      headers: headersToFields(withoutHeaders(visible, ['set-cookie'])),
      cookies: toFields(cookies),
    },
  };
}

/**
 * The answer as a function returned it: to a viewer-response event, or in place of the origin's to a viewer-request
 * one. "If you don't specify the body field, the original body is returned to the viewer."
 */
export function applyFunctionResponse(reply: Reply, event: FunctionEvent, returned: FunctionResponse): Reply {
  const before = event.response;
  const headers = headersFromFields(returned.headers ?? {}, before?.headers ?? {});
  const cookies = fromFields(returned.cookies ?? {}, before?.cookies ?? {}).map(writeSetCookie);
  const body = returned.body === undefined ? reply.body : bodyOf(returned.body);
  const length =
    Buffer.isBuffer(body) && returned.body !== undefined
      ? String(body.length)
      : headerValue(reply.headers, 'content-length');
  const all = [...headers, ...cookies.map((line) => ['set-cookie', line] as const)];
  return {
    ...reply,
    status: returned.statusCode,
    ...(returned.statusDescription === undefined ? {} : { statusText: returned.statusDescription }),
    headers: length === undefined ? all : withHeaders(all, [['content-length', length]]),
    body,
  };
}

function bodyOf(body: NonNullable<FunctionResponse['body']>): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  return Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8');
}
