import { createHash } from 'node:crypto';

/**
 * What a request carries: `{ size, md5, bytes }`. Bytes are kept only where `keeps` says so (they are hashed as they
 * come, so that a large upload needs no memory), or where they are framed as aws-chunked.
 */
export async function readPayload(request, keeps) {
  const isChunked =
    /aws-chunked/.test(request.headers['content-encoding'] ?? '') ||
    /^STREAMING-/.test(request.headers['x-amz-content-sha256'] ?? '');
  const hash = createHash('md5');
  const kept = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (isChunked || keeps) kept.push(chunk);
    if (!isChunked) hash.update(chunk);
  }
  if (!isChunked) return { sent: size, size, md5: hash.digest('hex'), bytes: keeps ? Buffer.concat(kept) : null };
  const bytes = unframe(Buffer.concat(kept));
  return { sent: size, size: bytes.length, md5: hash.update(bytes).digest('hex'), bytes: keeps ? bytes : null };
}

/** Takes the framing off: `<hex>[;extension]\r\n<data>\r\n`, ended by a chunk of size 0 and trailers. */
function unframe(framed) {
  const parts = [];
  for (let at = 0; ; ) {
    const end = framed.indexOf('\r\n', at);
    const size = end === -1 ? 0 : Number.parseInt(framed.toString('latin1', at, end), 16);
    if (size === 0) return Buffer.concat(parts);
    parts.push(framed.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
