import { Buffer } from 'node:buffer';
import type { Answer } from './compress-answer.ts';
import { type HeaderLines, headerValue, withHeaders } from './header-lines.ts';

/**
 * A 206 or 416 for a `Range` request on a whole 200, or the answer itself where the header is absent or breaks
 * CloudFront's rules ("How CloudFront processes partial requests": ascending, not overlapping, all valid; otherwise
 * "status code 200 with the full object").
 */
export function answerRange(answer: Answer, requestHeaders: HeaderLines): Answer {
  const header = headerValue(requestHeaders, 'range');
  const ranges = header === undefined ? undefined : readRanges(header, answer.body.length);
  if (ranges === undefined || !ifRangeHolds(requestHeaders, answer.headers)) return answer;
  const satisfiable = ranges.filter(({ start }) => start < answer.body.length);
  const [first, second] = satisfiable;
  if (first === undefined) return unsatisfiable(answer);
  return second === undefined ? single(answer, first) : multiple(answer, satisfiable);
}

interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

function readRanges(header: string, length: number): readonly ByteRange[] | undefined {
  const list = /^\s*bytes\s*=(.*)$/i.exec(header)?.[1];
  const ranges = list?.split(',').map((text) => readRange(text.trim(), length));
  if (ranges === undefined || ranges.some((range) => range === undefined)) return undefined;
  const known = ranges.filter((range) => range !== undefined);
  const ordered = known.every(({ start }, i) => i === 0 || start > (known[i - 1]?.end ?? 0));
  return ordered ? known : undefined;
}

function readRange(text: string, length: number): ByteRange | undefined {
  const [whole, from = '', to = ''] = /^(\d*)-(\d*)$/.exec(text) ?? [];
  if (whole === undefined || (from === '' && to === '')) return undefined;
  // The last bytes; none of them can be satisfied.
  if (from === '')
    return Number(to) === 0
      ? { start: length, end: length }
      : { start: Math.max(0, length - Number(to)), end: length - 1 };
  const end = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== '' && Number(to) < Number(from)) return undefined;
  return { start: Number(from), end };
}

/** RFC 9110 section 13.1.5: the range counts only for the very version that the viewer holds a part of. */
function ifRangeHolds(requestHeaders: HeaderLines, answerHeaders: HeaderLines): boolean {
  const condition = headerValue(requestHeaders, 'if-range')?.trim();
  if (condition === undefined) return true;
  if (condition.startsWith('"')) return condition === headerValue(answerHeaders, 'etag');
  return condition === headerValue(answerHeaders, 'last-modified');
}

function single(answer: Answer, { start, end }: ByteRange): Answer {
  const body = answer.body.subarray(start, end + 1);
  const headers = withHeaders(answer.headers, [
    ['content-range', `bytes ${start}-${end}/${answer.body.length}`],
    ['content-length', String(body.length)],
  ]);
  return { status: 206, headers, body };
}

/** Any text that no part holds will do; a fixed one keeps answers reproducible. */
const boundary = 'CloudFront:7f3e2c1d9b8a4605';

function multiple(answer: Answer, ranges: readonly ByteRange[]): Answer {
  const type = headerValue(answer.headers, 'content-type') ?? 'binary/octet-stream';
  const parts = ranges.flatMap(({ start, end }) => [
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Range: bytes ${start}-${end}/${answer.body.length}\r\n\r\n`,
    ),
    answer.body.subarray(start, end + 1),
  ]);
  const body = Buffer.concat([...parts, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const headers = withHeaders(answer.headers, [
    ['content-type', `multipart/byteranges; boundary="${boundary}"`],
    ['content-length', String(body.length)],
  ]);
  return { status: 206, headers, body };
}

function unsatisfiable(answer: Answer): Answer {
  const headers = withHeaders(answer.headers, [
    ['content-range', `bytes */${answer.body.length}`],
    ['content-length', '0'],
  ]);
  return { status: 416, headers, body: Buffer.alloc(0) };
}
