import { createHash } from 'node:crypto';
import type { StoredHeaders } from '../../model/asset.ts';
import type { WriteResult } from '../../model/ports.ts';
import { equalHeaders } from '../../plan/objects/equal-headers.ts';
import { readHead } from './head-object.ts';
import type { S3Context } from './s3-context.ts';
import { fromFields } from './stored-headers.ts';
import { unquote } from './unquote.ts';

export interface OwnWrite {
  readonly key: string;
  /** As S3 tells it: base64, with `-N` behind it for an object of N parts. */
  readonly checksum: string;
  readonly headers: StoredHeaders;
  /** The bytes, where they are at hand: a store that keeps no SHA-256 may still tell their MD5. */
  readonly bytes?: Uint8Array | undefined;
}

/** The object that is there now, if it is what was sent: same bytes, same headers. */
export async function findOwnWrite(context: S3Context, own: OwnWrite): Promise<WriteResult | undefined> {
  const head = await readHead(context, own.key);
  if (head === undefined || !equalHeaders(fromFields(head), own.headers)) return undefined;
  const etag = unquote(head.ETag);
  const isOurs = head.ChecksumSHA256 === undefined ? etag === md5(own.bytes) : head.ChecksumSHA256 === own.checksum;
  return isOurs ? { kind: 'written', etag, versionId: head.VersionId ?? null } : undefined;
}

const md5 = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && createHash('md5').update(bytes).digest('hex');
