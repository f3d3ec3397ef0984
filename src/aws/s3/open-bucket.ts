import type { Connection } from '../connect.ts';
import { s3Kind } from '../count-requests.ts';
import { prepareClient } from '../prepare-client.ts';
import type { Note } from '../watch-client.ts';
import type { BulkLine } from './bulk/bulk-line.ts';
import { dropConditions } from './drop-conditions.ts';
import type { S3Context } from './s3-context.ts';
import { sendMd5 } from './send-md5.ts';
import { keepServerDate } from './server-date.ts';

export interface OpenBucketOptions {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly account: string | null;
  readonly principal: string | undefined;
}

/** A client for one bucket in one region. Nothing is sent yet. */
export async function openBucket(connection: Connection, options: OpenBucketOptions): Promise<S3Context> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    ...connection.clientConfig('s3', options.region),
    // Our own SHA-256 goes with each object; the SDK's default CRC32 is unknown to many S3-compatible stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // The pause for `100 Continue` closes the connection behind it.
    expectContinueHeader: false,
  });
  const serverNow = keepServerDate(client.middlewareStack as never, connection.sending.clock);
  if (connection.customEndpoint) sendMd5(client.middlewareStack as never);
  const conditions = { honoured: true };
  dropConditions(client.middlewareStack as never, conditions);
  const note: Note = (name) => {
    const kind = s3Kind(name);
    connection.counts.s3[kind]++;
    return { write: kind === 'put' || kind === 'copy' || kind === 'delete' };
  };
  const renewCredentials = prepareClient(client, connection.sending, note);
  const { bucket, prefix, principal } = options;
  const owner = options.account === null ? {} : { ExpectedBucketOwner: options.account };
  const { profile, sending } = connection;
  let line: Promise<BulkLine> | undefined;
  const bulk = () => {
    line ??= import('./bulk/bulk-line.ts').then(({ openBulkLine }) =>
      openBulkLine({ client, bucket, gate: sending.gate, note }),
    );
    return line;
  };
  return { client, bulk, bucket, prefix, owner, principal, profile, sending, renewCredentials, conditions, serverNow };
}
