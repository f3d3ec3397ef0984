import { CreateBucketCommand, type CreateBucketCommandInput, S3Client } from '@aws-sdk/client-s3';
import type { Clock } from '../../../src/local-cloud/clock.ts';
import { systemClock } from '../../../src/local-cloud/clock.ts';
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud/start-local-cloud.ts';
import { type RawAnswer, type RawOptions, rawRequest } from '../front/raw-request.ts';

export interface LocalS3 {
  readonly cloud: LocalCloud;
  readonly client: S3Client;
  /** The client of somebody else. */
  readonly foreign: S3Client;
  clientIn(region: string): S3Client;
  /** An unsigned request, with the path as given. */
  ask(options: Omit<RawOptions, 'port'>): Promise<RawAnswer>;
  /** Makes a bucket with a name of its own. */
  bucket(input?: Partial<CreateBucketCommandInput>): Promise<string>;
  skewMs: number;
  stop(): Promise<void>;
}

/** A local cloud with clients, in the region eu-west-1 unless told otherwise. */
export async function startLocalS3(region = 'us-east-1'): Promise<LocalS3> {
  const state = { skewMs: 0 };
  const clock: Clock = { now: () => Date.now() + state.skewMs, after: systemClock.after };
  const cloud = await startLocalCloud({ clock });
  const clients: S3Client[] = [];
  const make = (where: string, credentials: { accessKeyId: string; secretAccessKey: string } = cloud) => {
    const { accessKeyId, secretAccessKey } = credentials;
    const client = new S3Client({
      endpoint: cloud.endpoint,
      region: where,
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey },
    });
    clients.push(client);
    return client;
  };
  const client = make(region);
  let count = 0;
  return Object.assign(state, {
    cloud,
    client,
    foreign: make(region, { accessKeyId: 'AKIDFOREIGN', secretAccessKey: 'x' }),
    clientIn: (where: string) => make(where),
    ask: (options: Omit<RawOptions, 'port'>) => rawRequest({ port: Number(new URL(cloud.endpoint).port), ...options }),
    async bucket(input: Partial<CreateBucketCommandInput> = {}) {
      count += 1;
      const Bucket = input.Bucket ?? `bucket-${count}`;
      await client.send(new CreateBucketCommand({ ...input, Bucket }));
      return Bucket;
    },
    async stop() {
      for (const each of clients) each.destroy();
      await cloud.close();
    },
  });
}

/** What a call fails with, as `STATUS Code`; `ok` where it does not. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
    return `${httpStatusCode} ${error.name}`;
  }
}
