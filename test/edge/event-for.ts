import type { FunctionEvent, FunctionFields } from '../../src/local-cloud/sandbox/function-event.ts';

/** A request as a viewer makes it. */
export interface Visit {
  /** With its query. */
  readonly path: string;
  readonly method?: string;
  readonly host?: string;
  readonly ip?: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
}

/** What CloudFront hands to a viewer-request function. */
export function eventFor(visit: Visit): FunctionEvent {
  const [uri = '', ...query] = visit.path.split('?');
  const fields = (values: Readonly<Record<string, string>> = {}): FunctionFields =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd1.localhost',
      distributionId: 'E1',
      eventType: 'viewer-request',
      requestId: 'id',
    },
    viewer: { ip: visit.ip ?? '127.0.0.1' },
    request: {
      method: visit.method ?? 'GET',
      uri,
      querystring: parameters(query.join('?')),
      headers: fields({ host: visit.host ?? 'd1.localhost', ...visit.headers }),
      cookies: fields(visit.cookies),
    },
  };
}

/** Query parameters as CloudFront hands them over: undecoded, all values of a name under `multiValue`. */
function parameters(query: string): FunctionFields {
  const pairs = query.split('&').filter((pair) => pair !== '');
  const names = [...new Set(pairs.map((pair) => pair.split('=')[0] ?? ''))];
  return Object.fromEntries(
    names.map((name) => {
      const own = pairs.filter((pair) => pair.split('=')[0] === name);
      const values = own.map((pair) => ({ value: pair.slice(name.length + 1) }));
      return [name, { value: values[0]?.value ?? '', ...(values.length > 1 ? { multiValue: values } : {}) }];
    }),
  );
}
