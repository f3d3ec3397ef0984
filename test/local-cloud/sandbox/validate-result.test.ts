import { describe, expect, test } from 'vitest';
import { requestEvent, responseEvent, runCode } from './run-code.ts';

const invalid = 'The CloudFront function returned an invalid value: ';

describe('a viewer-request function returns a request or a response', () => {
  const bad: readonly (readonly [body: string, fault: string])[] = [
    ['return null', 'the returned value is not an object'],
    ['return undefined', 'the returned value is not an object'],
    ['return []', 'the returned value is not an object'],
    ['return {}', 'request.method is read-only'],
    ['r.method = "POST"; return r', 'request.method is read-only'],
    ['delete r.uri; return r', 'request.uri is missing'],
    ['r.uri = "x"; return r', 'request.uri must begin with /'],
    ['r.uri = "/a\\nb"; return r', 'request.uri holds a control character'],
    ['r.uri = "/" + "x".repeat(8192); return r', 'request.uri and request.querystring are too long'],
    ['r.querystring = "a=1"; return r', 'request.querystring must be an object'],
    ['r.querystring.q = "1"; return r', "request.querystring['q'].value must be a string"],
    ['r.querystring.q.value = 1; return r', "request.querystring['q'].value must be a string"],
    ['r.querystring.q.value = "a b"; return r', 'request.querystring holds a space, a control character or #'],
    [
      'r.querystring = { "a#": { value: "" } }; return r',
      'request.querystring holds a space, a control character or #',
    ],
    ['r.headers.x = {}; return r', "headers['x'].value must be a string"],
    ['r.headers["X-A"] = { value: "1" }; return r', "headers['X-A'] is no lower-case header name"],
    ['r.headers["x a"] = { value: "1" }; return r', "headers['x a'] is no lower-case header name"],
    ['r.headers.x = { value: "1\\r\\nb: 2" }; return r', "headers['x'].value holds a control character"],
    ['r.headers.host.value = "evil"; return r', "headers['host'] is read-only"],
    ['delete r.headers.host; return r', "headers['host'] is read-only"],
    ['r.headers.via = { value: "1.1 me" }; return r', "headers['via'] is read-only"],
    ['r.headers["content-length"] = { value: "1" }; return r', "headers['content-length'] is read-only"],
    ['r.headers["transfer-encoding"] = { value: "chunked" }; return r', "headers['transfer-encoding'] is read-only"],
    ['r.headers["x-cache"] = { value: "1" }; return r', "headers['x-cache'] is disallowed"],
    ['r.headers["x-edge-a"] = { value: "1" }; return r', "headers['x-edge-a'] is disallowed"],
    ['r.headers["x-amz-cf-id"] = { value: "1" }; return r', "headers['x-amz-cf-id'] is disallowed"],
    ['r.headers.cookie = { value: "a=1" }; return r', "headers['cookie'] belongs in cookies"],
    ['r.cookies.a = { value: 1 }; return r', "request.cookies['a'].value must be a string"],
    ['return { statusCode: "200" }', 'response.statusCode must be an integer from 200 to 599'],
    ['return { statusCode: 600 }', 'response.statusCode must be an integer from 200 to 599'],
    [
      'return { statusCode: 200, statusDescription: 1 }',
      'response.statusDescription must be a string without control characters',
    ],
    ['return { statusCode: 302, headers: { location: "/x" } }', "headers['location'].value must be a string"],
    [
      'return { statusCode: 200, headers: { Location: { value: "/" } } }',
      "headers['Location'] is no lower-case header name",
    ],
    ['return { statusCode: 200, body: 5 }', 'response.body.data must be a string'],
    ['return { statusCode: 200, body: { data: "x" } }', 'response.body.encoding must be text or base64'],
    ['return { statusCode: 200, body: { encoding: "base64", data: "a" } }', 'response.body is not base64'],
    ['return { statusCode: 200, body: "é".repeat(20481) }', 'response.body is over 40960 bytes'],
    [
      'return { statusCode: 200, cookies: { a: { value: "1", attributes: 2 } } }',
      "response.cookies['a'].attributes must be a string",
    ],
  ];
  test.each(bad)('%s', async (body, fault) => {
    const result = await runCode(`function handler(event) { const r = event.request; ${body}; }`);
    expect(result).toMatchObject({
      kind: 'error',
      code: 'FunctionValidationError',
      status: 502,
      message: invalid + fault,
    });
  });

  const good: readonly (readonly [body: string, kind: string])[] = [
    ['return r', 'request'],
    ['r.uri = "/é \\\\r"; return r', 'request'],
    ['r.querystring = {}; return r', 'request'],
    ['r.querystring.q = { value: "1", multiValue: [{ value: "1" }, { value: "2" }] }; return r', 'request'],
    ['r.headers["x-c:\\\\r"] = undefined; r.headers.x = { value: "c:\\\\r" }; return r', 'request'],
    ['delete r.headers.accept; return r', 'request'],
    ['return { statusCode: 204 }', 'response'],
    ['return { statusCode: 302, statusDescription: "Found", headers: { location: { value: "/x" } } }', 'response'],
    ['return { statusCode: 200, body: { encoding: "base64", data: "aGk=" } }', 'response'],
    ['return { statusCode: 200, cookies: { a: { value: "1", attributes: "Secure" } } }', 'response'],
    ['return { statusCode: 200, body: "x".repeat(40960) }', 'response'],
  ];
  test.each(good)('%s', async (body, kind) => {
    const result = await runCode(`function handler(event) { const r = event.request; ${body}; }`, requestEvent);
    expect(result.kind === 'error' ? result.message : result.kind).toBe(kind);
  });
});

describe('a viewer-response function returns a response', () => {
  const rows: readonly (readonly [body: string, outcome: string])[] = [
    ['return r', 'response'],
    ['r.statusCode = 404; return r', 'response'],
    ['r.headers["content-length"] = { value: "3" }; r.body = "abc"; return r', 'response'],
    ['delete r.headers["content-type"]; return r', 'response'],
    ['return event.request', `${invalid}response.statusCode is missing`],
    ['delete r.headers.via; return r', `${invalid}headers['via'] is read-only`],
    ['r.headers.warning = { value: "x" }; return r', `${invalid}headers['warning'] is read-only`],
    ['r.headers["x-cache"] = { value: "x" }; return r', `${invalid}headers['x-cache'] is disallowed`],
    ['r.headers["set-cookie"] = { value: "a=1" }; return r', `${invalid}headers['set-cookie'] belongs in cookies`],
  ];
  test.each(rows)('%s', async (body, outcome) => {
    const result = await runCode(`function handler(event) { const r = event.response; ${body}; }`, responseEvent);
    expect(result.kind === 'error' ? result.message : result.kind).toBe(outcome);
  });
});
