import { ServiceFault } from '../../service-fault.ts';
import type { WireRequest, WireResponse } from '../../wire.ts';
import type { ObjectVersion } from '../model.ts';
import type { BucketContext, BucketOperation } from '../s3-context.ts';
import { type ByteRange, readRange } from './byte-range.ts';
import { checksumHeaders } from './checksum-headers.ts';
import { findObject, versionHeader } from './find-version.ts';
import { judgeRead } from './read-conditions.ts';

/** GetObject: whole, a range or a part, under the conditions of RFC 9110. */
export const getObject: BucketOperation = async (context) => {
  const { version, head } = readHead(context);
  if (head.status === 304) return head;
  const { begin, end } = rangeOf(context.request, version);
  return { ...head, body: await context.store.readBody(version.segments, begin, end) };
};

/** HeadObject: what GetObject would answer, without the bytes. */
export const headObject: BucketOperation = (context) => {
  const { version, head } = readHead(context);
  if (head.status === 304) return head;
  const { begin, end } = rangeOf(context.request, version);
  return { ...head, headers: { ...head.headers, 'content-length': String(end - begin) } };
};

function readHead(context: BucketContext): { version: ObjectVersion; head: WireResponse } {
  const { request, bucket } = context;
  const version = findObject(context);
  const verdict = judgeRead(conditionsOf(request.headers), version);
  if (verdict === 'failed') {
    const message = 'At least one of the pre-conditions you specified did not hold';
    throw new ServiceFault(412, 'PreconditionFailed', message);
  }
  const validators = { ...validatorHeaders(version), ...versionHeader(bucket, version) };
  if (verdict === 'not-modified') {
    const { 'cache-control': cache, expires } = version.headers;
    const kept = {
      ...(cache === undefined ? {} : { 'cache-control': cache }),
      ...(expires === undefined ? {} : { expires }),
    };
    return { version, head: { status: 304, headers: { ...validators, ...kept } } };
  }
  const range = rangeOf(request, version);
  const headers = {
    ...validators,
    ...describeHeaders(version),
    ...overrides(request),
    ...range.headers,
    ...(request.headers['x-amz-checksum-mode'] === 'ENABLED' && range.isWhole ? checksumHeaders(version.checksum) : {}),
  };
  return { version, head: { status: range.status, headers } };
}

interface AnswerRange extends ByteRange {
  readonly status: 200 | 206;
  readonly isWhole: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** The stretch that `Range` or `partNumber` asks for. @throws ServiceFault InvalidRange, InvalidPartNumber */
function rangeOf(request: WireRequest, version: ObjectVersion): AnswerRange {
  const part = request.query.get('partNumber');
  const whole = { begin: 0, end: version.size };
  const range = part === null ? readRange(request.headers.range, version.size) : partRange(Number(part), version);
  if (range === undefined) return { ...whole, status: 200, isWhole: true, headers: {} };
  const contentRange = { 'content-range': `bytes ${range.begin}-${range.end - 1}/${version.size}` };
  const count = part !== null && version.parts ? { 'x-amz-mp-parts-count': String(version.parts.length) } : {};
  const isWhole = range.begin === 0 && range.end === version.size;
  return { ...range, status: 206, isWhole, headers: { ...contentRange, ...count } };
}

function partRange(number: number, { parts, size }: ObjectVersion): ByteRange | undefined {
  const sizes = parts?.map((part) => part.size) ?? [size];
  if (!Number.isInteger(number) || number < 1 || number > sizes.length) {
    throw new ServiceFault(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable');
  }
  const begin = sizes.slice(0, number - 1).reduce((sum, each) => sum + each, 0);
  const end = begin + (sizes[number - 1] ?? 0);
  return begin === end ? undefined : { begin, end };
}

function validatorHeaders({ etag, lastModified }: ObjectVersion): Readonly<Record<string, string>> {
  return { etag: `"${etag}"`, 'last-modified': new Date(lastModified).toUTCString(), 'accept-ranges': 'bytes' };
}

function describeHeaders({ headers, metadata, tags }: ObjectVersion): Readonly<Record<string, string>> {
  const meta = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]));
  return { ...headers, ...meta, ...(tags.length === 0 ? {} : { 'x-amz-tagging-count': String(tags.length) }) };
}

/** `response-content-type` and its like, for signed requests only. */
function overrides({ query, caller }: WireRequest): Readonly<Record<string, string>> {
  const names = [
    'content-type',
    'content-language',
    'expires',
    'cache-control',
    'content-disposition',
    'content-encoding',
  ];
  const asked = names.flatMap((name) => {
    const value = query.get(`response-${name}`);
    return value === null ? [] : [[name, value] as const];
  });
  if (asked.length > 0 && caller.kind === 'anonymous') {
    throw new ServiceFault(
      400,
      'InvalidRequest',
      'Request specific response headers cannot be used for anonymous GET requests.',
    );
  }
  return Object.fromEntries(asked);
}

function conditionsOf(headers: Readonly<Record<string, string>>) {
  return {
    ifMatch: headers['if-match'],
    ifNoneMatch: headers['if-none-match'],
    ifModifiedSince: headers['if-modified-since'],
    ifUnmodifiedSince: headers['if-unmodified-since'],
  };
}
