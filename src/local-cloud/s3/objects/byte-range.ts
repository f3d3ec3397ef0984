import { ServiceFault } from '../../service-fault.ts';

export interface ByteRange {
  readonly begin: number;
  /** The first byte that is no longer in it. */
  readonly end: number;
}

/**
 * Reads `Range: bytes=…` against an object of `size` bytes; undefined where it is absent, not understood or asks for
 * several ranges, which S3 answers with the whole object.
 * @throws ServiceFault InvalidRange (416) where no byte of it exists.
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const begin = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (begin < end) return { begin, end };
  const details = { RangeRequested: header ?? '', ActualObjectSize: String(size) };
  throw new ServiceFault(416, 'InvalidRange', 'The requested range is not satisfiable', {
    details,
    headers: { 'content-range': `bytes */${size}` },
  });
}
