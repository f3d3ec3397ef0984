import { ServiceFault } from '../service-fault.ts';

export interface ChunkedBody {
  readonly body: Buffer;
  /** Names in lower case; without the trailer's signature. */
  readonly trailers: Readonly<Record<string, string>>;
  /** The chunks in order, the closing empty one included. Signatures only in the signed variants. */
  readonly chunks: readonly { readonly data: Buffer; readonly signature?: string }[];
  readonly trailerSignature?: string;
}

/**
 * Takes the aws-chunked framing off a body (`SIZE[;chunk-signature=…]CRLF data CRLF … 0 CRLF trailers CRLF`).
 * @throws ServiceFault IncompleteBody or MalformedTrailerError where the framing is broken.
 */
export function decodeAwsChunked(raw: Buffer): ChunkedBody {
  const chunks: { data: Buffer; signature?: string }[] = [];
  let at = 0;
  for (;;) {
    const line = lineAt(raw, at);
    const [, size = '', signature] =
      /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]+))?$/.exec(line.text) ?? incomplete();
    const begin = line.next;
    const end = begin + Number.parseInt(size, 16);
    if (end > raw.length) incomplete();
    const data = raw.subarray(begin, end);
    chunks.push(signature === undefined ? { data } : { data, signature });
    at = end;
    if (data.length === 0) break;
    if (raw.toString('latin1', at, at + 2) !== '\r\n') incomplete();
    at += 2;
  }
  return { body: Buffer.concat(chunks.map((chunk) => chunk.data)), chunks, ...readTrailers(raw, at) };
}

function readTrailers(raw: Buffer, from: number): Pick<ChunkedBody, 'trailers' | 'trailerSignature'> {
  const lines = raw.toString('latin1', from).split(/\r?\n/);
  const pairs = lines.filter((line) => line !== '').map(trailerLine);
  const signature = pairs.find(([name]) => name === 'x-amz-trailer-signature')?.[1];
  const trailers = Object.fromEntries(pairs.filter(([name]) => name !== 'x-amz-trailer-signature'));
  return signature === undefined ? { trailers } : { trailers, trailerSignature: signature };
}

function trailerLine(line: string): [string, string] {
  const mark = line.indexOf(':');
  if (mark < 0)
    throw new ServiceFault(
      400,
      'MalformedTrailerError',
      'The request contained trailing data that was not well-formed.',
    );
  return [line.slice(0, mark).trim().toLowerCase(), line.slice(mark + 1).trim()];
}

function lineAt(raw: Buffer, from: number): { text: string; next: number } {
  const end = raw.indexOf('\r\n', from);
  return end < 0 ? incomplete() : { text: raw.toString('latin1', from, end), next: end + 2 };
}

function incomplete(): never {
  const message = 'You did not provide the number of bytes specified by the Content-Length HTTP header';
  throw new ServiceFault(400, 'IncompleteBody', message);
}
