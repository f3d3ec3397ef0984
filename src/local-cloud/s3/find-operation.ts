import type { WireRequest } from '../wire.ts';
import { type OperationRow, operationTable } from './operation-table.ts';
import { type S3Target, s3Target } from './s3-target.ts';

/** The operation that a request asks for, or undefined where S3 has none for its method there. */
export function findOperation(request: WireRequest, target: S3Target): OperationRow | undefined {
  const level = target.bucket === undefined ? 'service' : target.key === undefined ? 'bucket' : 'object';
  return operationTable.find(
    (row) =>
      row.method === request.method &&
      row.level === level &&
      (row.query === undefined || request.query.has(row.query)) &&
      (row.header === undefined || row.header in request.headers),
  );
}

/** The operation's AWS name, for log and faults; never fails. */
export function s3OperationOf(request: WireRequest): string {
  const target = targetOf(request);
  return (target && findOperation(request, target)?.op) ?? 'Unknown';
}

/** Bucket and key of a request, for log and faults; never fails. */
export function s3SubjectOf(request: WireRequest): { bucket?: string; key?: string } {
  const { bucket, key } = targetOf(request) ?? {};
  return { ...(bucket === undefined ? {} : { bucket }), ...(key === undefined ? {} : { key }) };
}

function targetOf(request: WireRequest): S3Target | undefined {
  try {
    return s3Target(request);
  } catch {
    return undefined;
  }
}
