import type { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { type HeaderLines, readHeaderLines, withoutHeaders } from './header-lines.ts';
import { type NamedValue, readCookies, readQuery } from './named-values.ts';
import { readBody } from './read-body.ts';

/** A viewer's request as the edge sees it; a viewer-request function may replace all but id, method, host and ip. */
export interface EdgeRequest {
  readonly id: string;
  readonly method: string;
  /** Lower case, without the port. */
  readonly host: string;
  /** As sent, percent-encoded, never normalised, without the query string. */
  readonly uri: string;
  readonly query: readonly NamedValue[];
  /** Without `cookie` and the choice of a point of presence. */
  readonly headers: HeaderLines;
  readonly cookies: readonly NamedValue[];
  readonly ip: string;
  readonly hasBody: boolean;
  /** The whole body, read when it is asked for; undefined where the viewer left before its end. */
  readonly readBody: () => Promise<Buffer | undefined>;
  /** Of the request line's target and of everything before the body, for CloudFront's limits. */
  readonly urlBytes: number;
  readonly headBytes: number;
}

/** The header by which a viewer picks a point of presence, in place of an address near it. Nothing beyond sees it. */
export const popHeader = 'x-cdnpub-pop';

export function readEdgeRequest(message: IncomingMessage, id: string): EdgeRequest {
  const target = originForm(message.url ?? '/');
  const mark = target.indexOf('?');
  const lines = readHeaderLines(message.rawHeaders);
  const cookieValues = lines.filter(([name]) => name === 'cookie').map(([, value]) => value);
  const hostHeader = message.headers.host ?? '';
  return {
    id,
    method: message.method ?? 'GET',
    host: hostHeader.toLowerCase().replace(/:\d*$/, ''),
    uri: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? [] : readQuery(target.slice(mark + 1)),
    headers: acceptEncodingRule(withoutHeaders(lines, ['cookie', popHeader]), message.httpVersion),
    cookies: readCookies(cookieValues),
    ip: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    hasBody: Number(message.headers['content-length'] ?? 0) > 0 || message.headers['transfer-encoding'] !== undefined,
    readBody: () => readBody(message),
    urlBytes: `https://${hostHeader}${target}`.length,
    headBytes: target.length + message.rawHeaders.reduce((sum, text) => sum + text.length + 2, 0),
  };
}

/** The path and query of a request target; a proxy's absolute form is brought to it. */
function originForm(target: string): string {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i.exec(target);
  const path = absolute === null ? target : target.slice(absolute[0].length);
  return path.startsWith('/') ? path : `/${path}`;
}

/** "If a request to CloudFront uses HTTP 1.0, CloudFront removes the Accept-Encoding header" (Serve compressed files). */
function acceptEncodingRule(lines: HeaderLines, httpVersion: string): HeaderLines {
  return httpVersion === '1.0' ? withoutHeaders(lines, ['accept-encoding']) : lines;
}
