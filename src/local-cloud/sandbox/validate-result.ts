import type { FunctionEvent, FunctionRequest, FunctionResponse } from './function-event.ts';
import { type FunctionOutcome, functionError } from './function-result.ts';
import {
  fieldStrings,
  findCookieFault,
  findFieldsFault,
  findHeadersFault,
  holdsControl,
  isObject,
} from './validate-fields.ts';
import { validateResponse } from './validate-response.ts';

/**
 * Judges what a function returned, parsed from JSON: "if your function returns an invalid value the request fails
 * CloudFront validation and CloudFront returns HTTP status code 502". A viewer-request function returns a request or,
 * told by its `statusCode`, a response; a viewer-response function returns a response.
 */
export function validateResult(value: unknown, event: FunctionEvent): FunctionOutcome {
  if (!isObject(value)) return invalid('the returned value is not an object');
  if ('statusCode' in value || event.context.eventType === 'viewer-response') {
    const fault = validateResponse(value, event);
    // The checks above are the proof of the shape.
    return fault === undefined ? { kind: 'response', response: value as unknown as FunctionResponse } : invalid(fault);
  }
  const fault = findRequestFault(value, event);
  return fault === undefined ? { kind: 'request', request: value as unknown as FunctionRequest } : invalid(fault);
}

function invalid(fault: string): FunctionOutcome {
  return functionError('FunctionValidationError', `The CloudFront function returned an invalid value: ${fault}`);
}

/** "The total size of the URI, including the query string, must be less than 8,192 characters." */
const maxUriCharacters = 8192;

function findRequestFault(request: Readonly<Record<string, unknown>>, event: FunctionEvent): string | undefined {
  const { method, uri } = request;
  if (method !== event.request.method) return 'request.method is read-only';
  if (typeof uri !== 'string') return 'request.uri is missing';
  // "The new uri value must begin with a forward slash."
  if (!uri.startsWith('/')) return 'request.uri must begin with /';
  if (holdsControl(uri)) return 'request.uri holds a control character';
  return (
    findFieldsFault(request.querystring, 'request.querystring') ??
    findQueryFault(request.querystring, uri) ??
    findHeadersFault(request.headers, event, event.request.headers) ??
    findCookieFault(request.cookies, 'request.cookies')
  );
}

/** "The query string can't include spaces, control characters, or the fragment identifier (#)." */
function findQueryFault(querystring: unknown, uri: string): string | undefined {
  const fields = isObject(querystring) ? Object.entries(querystring) : [];
  const texts = fields.flatMap(([name, field]) => [name, ...fieldStrings(field)]);
  if (texts.some((text) => /[ #]/.test(text) || holdsControl(text))) {
    return 'request.querystring holds a space, a control character or #';
  }
  const length = texts.reduce((sum, text) => sum + text.length + 1, uri.length);
  return length >= maxUriCharacters ? 'request.uri and request.querystring are too long' : undefined;
}
