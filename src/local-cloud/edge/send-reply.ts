import { Buffer } from 'node:buffer';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import { pipeline } from 'node:stream';
import { type HeaderLines, withHeaders, withoutHeaders, writeHeaderLines } from './header-lines.ts';
import type { Reply } from './reply.ts';

/** Sends an answer with the edge's own headers: X-Cache, Via, X-Amz-Cf-Pop and X-Amz-Cf-Id. */
export function sendReply(
  res: ServerResponse,
  reply: Reply,
  own: { readonly via: string; readonly pop: string; readonly requestId: string },
): void {
  const lines: HeaderLines = withHeaders(withoutHeaders(reply.headers, ['connection', 'transfer-encoding']), [
    ['x-cache', `${reply.cache} from cloudfront`],
    ['via', own.via],
    ['x-amz-cf-pop', own.pop],
    ['x-amz-cf-id', own.requestId],
  ]);
  const { status, body } = reply;
  const text = (reply.statusText ?? STATUS_CODES[status] ?? '').replace(/[^\x20-\x7e]/g, '?');
  if (!Buffer.isBuffer(body)) {
    res.writeHead(status, text, writeHeaderLines(lines));
    if (res.req.method === 'HEAD') {
      body.destroy();
      res.end();
      return;
    }
    // A broken stream ends the connection: the viewer must not take a part for the whole.
    pipeline(body, res, () => {});
    return;
  }
  const bodiless = status === 204 || status === 304;
  const length: HeaderLines = bodiless || hasLength(lines) ? [] : [['content-length', String(body.length)]];
  res.writeHead(
    status,
    text,
    writeHeaderLines([...(bodiless ? withoutHeaders(lines, ['content-length']) : lines), ...length]),
  );
  res.end(bodiless ? undefined : body);
}

function hasLength(lines: HeaderLines): boolean {
  return lines.some(([name]) => name === 'content-length');
}
