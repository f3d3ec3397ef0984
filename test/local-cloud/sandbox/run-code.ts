import { createFunctionRunner } from '../../../src/local-cloud/sandbox/create-function-runner.ts';
import type { FunctionEvent } from '../../../src/local-cloud/sandbox/function-event.ts';
import type { FunctionResult } from '../../../src/local-cloud/sandbox/function-result.ts';

export const storeArn = 'arn:aws:cloudfront::111122223333:key-value-store/0f1e';

export const requestEvent: FunctionEvent = {
  version: '1.0',
  context: {
    distributionDomainName: 'd111.localhost',
    distributionId: 'E1',
    eventType: 'viewer-request',
    requestId: 'id==',
  },
  viewer: { ip: '127.0.0.1' },
  request: {
    method: 'GET',
    uri: '/a%20b/',
    querystring: { q: { value: '1' } },
    headers: { host: { value: 'd111.localhost' }, accept: { value: '*/*' } },
    cookies: { c: { value: 'x' } },
  },
};

export const responseEvent: FunctionEvent = {
  ...requestEvent,
  context: { ...requestEvent.context, eventType: 'viewer-response' },
  response: {
    statusCode: 200,
    statusDescription: 'OK',
    headers: { 'content-type': { value: 'text/html' }, via: { value: '1.1 x' } },
    cookies: {},
  },
};

/** Runs a function's text with a store of one value, at a fixed time. */
export function runCode(
  code: string,
  event: FunctionEvent = requestEvent,
  stores = [storeArn],
): Promise<FunctionResult> {
  const runner = createFunctionRunner({
    readStore: (arn, key) => (arn === storeArn ? values[key] : undefined),
    storeMeta: () => ({ created: 0, updated: 1000, keyCount: 2 }),
    now: () => 1_700_000_000_123,
  });
  const fn = { arn: 'arn:f', name: 'f', version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: stores };
  return runner.run(fn, event);
}

const values: Readonly<Record<string, string>> = { greeting: 'héllo', json: '{"n":[1,2]}' };

/** Runs an expression in a viewer-request function and gives what it evaluates to, as JSON. */
export async function evaluate(expression: string, head = ''): Promise<unknown> {
  const code = `${head}
async function handler(event) {
  let value; try { value = ${expression}; } catch (e) { value = 'threw ' + e; }
  return { statusCode: 200, body: JSON.stringify(value === undefined ? null : value) };
}`;
  const result = await runCode(code);
  if (result.kind !== 'response') return result;
  return JSON.parse(String(result.response.body));
}
