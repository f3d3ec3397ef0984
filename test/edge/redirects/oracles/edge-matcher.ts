import { createFunctionRunner } from '../../../../src/local-cloud/sandbox/create-function-runner.ts';
import type { RedirectRule } from '../../../../src/model/redirect-rule.ts';
import { eventFor } from '../../event-for.ts';
import { compile } from '../../run-edge.ts';

/** A request as a viewer makes it. */
export interface ViewerRequest {
  readonly path: string;
  readonly query?: string;
  /** ISO 3166-1, in upper case. */
  readonly country?: string;
  readonly language?: string;
  readonly cookie?: string;
}

/** Compiles rules for a site without any page, and says what its function makes of a request: `301 /there`, or its key. */
export function edgeMatcher(rules: readonly RedirectRule[]): (request: ViewerRequest) => Promise<string> {
  const { program } = compile([], { redirects: rules, index: 'needed' });
  const runner = createFunctionRunner({ readStore: (_, key) => program.store.get(key), storeMeta: () => undefined });
  const code = program.viewerRequest;
  const fn = { arn: 'arn:f', name: 'f', version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: ['arn:s'] };
  return async ({ path, query = '', country, language, cookie }) => {
    const headers = {
      ...(country === undefined ? {} : { 'cloudfront-viewer-country': country }),
      ...(language === undefined ? {} : { 'accept-language': language }),
    };
    const cookies = cookie === undefined ? {} : { [cookie]: '1' };
    const asked = query === '' ? path : `${path}?${query}`;
    const result = await runner.run(fn, eventFor({ path: asked, host: 'e.com', headers, cookies }));
    if (result.kind === 'error') return `error: ${result.message}`;
    if (result.kind === 'request') return result.request.uri;
    return `${result.response.statusCode} ${result.response.headers?.location?.value}`;
  };
}
