import type { FunctionEvent } from '../../local-cloud/sandbox/function-event.ts';
import type { Viewer } from './viewer.ts';

/** What is asked for: `path` with its query, both as they are spelled. */
export interface Address {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
}

/** Makes events for a site's functions, in the way in which the local edge makes them. */
export async function viewerEvents(): Promise<(viewer: Viewer, address: Address) => FunctionEvent> {
  const [{ headersToFields, toFields }, { readCookies, readQuery }] = await Promise.all([
    import('../../local-cloud/edge/event-fields.ts'),
    import('../../local-cloud/edge/named-values.ts'),
  ]);
  return (viewer, { host, path }) => {
    const { method, ip, country } = viewer;
    const own = viewer.headers.filter(([name]) => name !== 'cookie' && name !== 'host');
    const cookies = readCookies(viewer.headers.filter(([name]) => name === 'cookie').map(([, value]) => value));
    const known = country === null ? [] : [['cloudfront-viewer-country', country] as const];
    const [uri = '', ...query] = path.split('?');
    return {
      version: '1.0',
      context: {
        distributionDomainName: 'd0.cloudfront.net',
        distributionId: 'EXPLAIN',
        eventType: 'viewer-request',
        requestId: 'explain',
      },
      viewer: { ip },
      request: {
        ...{ method, uri, querystring: toFields(readQuery(query.join('?'))), cookies: toFields(cookies) },
        headers: headersToFields([['host', host], ...own, ...known]),
      },
    };
  };
}
