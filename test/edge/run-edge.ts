import { compileEdge } from '../../src/edge/compile-edge.ts';
import { createFunctionRunner } from '../../src/local-cloud/sandbox/create-function-runner.ts';
import type { EdgeProgram } from '../../src/model/edge-program.ts';
import type { EdgeSource } from '../../src/model/edge-source.ts';
import { makeSource } from '../support/make-edge.ts';
import { tools } from './edge-tools.ts';
import { eventFor } from './event-for.ts';

export type EdgeSettings = Partial<EdgeSource>;

export const compile = (keys: readonly string[], settings: EdgeSettings = {}) =>
  compileEdge({ keys, source: makeSource(settings), tools });

/** Asks a site's function for a path, with or without a query: the URI that it hands on, or `301 LOCATION`. */
export type Ask = (path: string) => Promise<string>;

/** Compiles a site's function and runs it in the sandbox of the local cloud, as CloudFront would. */
export function edgeOf(keys: readonly string[], settings: EdgeSettings = {}): Ask {
  return askWith(compile(keys, settings).program);
}

/** The same of a program that is made already. */
export function askWith(program: EdgeProgram): Ask {
  const runner = createFunctionRunner({ readStore: (_, key) => program.store.get(key), storeMeta: () => undefined });
  const code = program.viewerRequest;
  const fn = { arn: 'arn:f', name: 'f', version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: ['arn:s'] };
  return async (path) => {
    const result = await runner.run(fn, eventFor({ path }));
    if (result.kind === 'error') return `error: ${result.message}`;
    if (result.kind === 'response') return `${result.response.statusCode} ${result.response.headers?.location?.value}`;
    const left = Object.keys(result.request.querystring);
    return left.length === 0 ? result.request.uri : `${result.request.uri} with ${left.join()}`;
  };
}
