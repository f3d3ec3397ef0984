import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import { createKeyBook } from './front/key-book.ts';
import type { KeyPair } from './front/sigv4a.ts';
import { startFront } from './front/start-front.ts';
import { createS3 } from './s3/create-s3.ts';
import { createS3Store } from './s3/store.ts';
import { createMemoryBlobs } from './state/blobs.ts';
import { memoryJournal } from './state/journal.ts';
import { createSts } from './sts/create-sts.ts';

export interface LocalCloudOptions {
  /** The port of the sites; 0 or none takes any. */
  readonly port?: number;
  /** The port of the AWS endpoint; 0 or none takes any. */
  readonly cloudPort?: number;
  readonly clock?: Clock;
  /** Called when a `kill` fault struck. */
  readonly onKill?: () => void;
  /** The pair to give out, instead of a random one. */
  readonly accessKey?: KeyPair;
}

export interface LocalCloud extends KeyPair {
  /** `http://localhost:PORT`: the KeyValueStore client puts the account before it, so it is a name and no IP. */
  readonly endpoint: string;
  readonly account: string;
  close(): Promise<void>;
}

/** Starts a local AWS on loopback: S3 and STS on one endpoint. */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const clock = options.clock ?? systemClock;
  const own = options.accessKey ?? randomKeyPair();
  const store = createS3Store({ journal: memoryJournal, blobs: createMemoryBlobs() });
  const front = await startFront({
    port: options.cloudPort ?? 0,
    clock,
    keys: createKeyBook({ account: localAccount, own, service: randomKeyPair() }),
    services: { s3: createS3({ store, clock }), sts: createSts() },
    onKill: options.onKill,
  });
  return { endpoint: `http://localhost:${front.port}`, account: localAccount, ...own, close: front.close };
}

const localAccount = '111122223333';

function randomKeyPair(): KeyPair {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64url') };
}
