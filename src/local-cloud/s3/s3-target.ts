import { ServiceFault } from '../service-fault.ts';

/** What a request addresses: the service, a bucket, or an object in it. */
export interface S3Target {
  readonly bucket?: string;
  readonly key?: string;
  readonly style: 'path' | 'host';
}

/**
 * Reads bucket and key out of host and path (`/B/KEY`, `B.localhost/KEY`, `B.s3.localhost/KEY`). A key is what the path
 * says after one percent-decoding, never normalised.
 * @throws ServiceFault InvalidURI where an escape is broken or the bytes are not UTF-8.
 */
export function s3Target(request: { readonly host: string; readonly rawPath: string }): S3Target {
  const bucket = hostBucket(request.host);
  if (bucket !== undefined) return targetOf('host', bucket, request.rawPath.slice(1));
  const path = request.rawPath.slice(1);
  const slash = path.indexOf('/');
  if (path === '') return { style: 'path' };
  return slash < 0 ? targetOf('path', path, '') : targetOf('path', path.slice(0, slash), path.slice(slash + 1));
}

/** Decodes a percent-encoded name into UTF-8 text. @throws ServiceFault InvalidURI */
export function decodeName(raw: string): string {
  if (/%(?![0-9a-fA-F]{2})/.test(raw)) throw invalidUri();
  const bytes = raw.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    return utf8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    throw invalidUri();
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function targetOf(style: 'path' | 'host', bucket: string, rawKey: string): S3Target {
  if (rawKey === '') return { bucket: decodeName(bucket), style };
  return { bucket: decodeName(bucket), key: decodeName(rawKey), style };
}

function hostBucket(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  if (!name.endsWith('.localhost')) return undefined;
  const labels = name.slice(0, -'.localhost'.length);
  if (/^s3(?:[.-][a-z0-9-]+)?$/.test(labels)) return undefined;
  return labels.replace(/\.s3(?:[.-][a-z]{2}-[a-z]+-\d)?$/, '');
}

function invalidUri(): ServiceFault {
  return new ServiceFault(400, 'InvalidURI', "Couldn't parse the specified URI.");
}
