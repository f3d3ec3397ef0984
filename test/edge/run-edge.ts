import { readFileSync } from 'node:fs';
import { compileEdge, type EdgeInput } from '../../src/edge/compile-edge.ts';
import { createFunctionRunner } from '../../src/local-cloud/sandbox/create-function-runner.ts';
import type { FunctionEvent, FunctionFields } from '../../src/local-cloud/sandbox/function-event.ts';

export const fragment = readFileSync(new URL('../../templates/edge/viewer-request.js', import.meta.url), 'utf8');

export type EdgeSettings = Partial<EdgeInput['settings']>;

export const compile = (keys: readonly string[], settings: EdgeSettings = {}) =>
  compileEdge({
    keys,
    fragment,
    settings: { cleanUrls: true, trailingSlash: 'auto', spa: null, prefix: '', ...settings },
  });

/** Asks a site's function for a path, with or without a query: the URI that it hands on, or `301 LOCATION`. */
export type Ask = (path: string) => Promise<string>;

/** Compiles a site's function and runs it in the sandbox of the local cloud, as CloudFront would. */
export function edgeOf(keys: readonly string[], settings: EdgeSettings = {}): Ask {
  const { code } = compile(keys, settings);
  const runner = createFunctionRunner({ readStore: () => undefined, storeMeta: () => undefined });
  const fn = { arn: 'arn:f', name: 'f', version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: [] };
  return async (path) => {
    const [uri = '', query] = path.split('?');
    const result = await runner.run(fn, eventFor(uri, query));
    if (result.kind === 'error') return `error: ${result.message}`;
    if (result.kind === 'response') return `${result.response.statusCode} ${result.response.headers?.location?.value}`;
    const left = Object.keys(result.request.querystring);
    return left.length === 0 ? result.request.uri : `${result.request.uri} with ${left.join()}`;
  };
}

function eventFor(uri: string, query: string | undefined): FunctionEvent {
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd1.localhost',
      distributionId: 'E1',
      eventType: 'viewer-request',
      requestId: 'id',
    },
    viewer: { ip: '127.0.0.1' },
    request: {
      method: 'GET',
      uri,
      querystring: fieldsOf(query),
      headers: { host: { value: 'd1.localhost' } },
      cookies: {},
    },
  };
}

/** Query parameters as CloudFront hands them over: undecoded, the last value first named, all of them under `multiValue`. */
function fieldsOf(query: string | undefined): FunctionFields {
  const pairs = (query ?? '').split('&').filter((pair) => pair !== '');
  const names = [...new Set(pairs.map((pair) => pair.split('=')[0] ?? ''))];
  return Object.fromEntries(
    names.map((name) => {
      const own = pairs.filter((pair) => pair.split('=')[0] === name);
      const values = own.map((pair) => ({ value: pair.slice(name.length + 1) }));
      return [name, { value: values[0]?.value ?? '', ...(values.length > 1 ? { multiValue: values } : {}) }];
    }),
  );
}
