import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock.ts';
import { createCloudFront } from './cloudfront/create-cloudfront.ts';
import { createEdge } from './edge/create-edge.ts';
import { createKeyBook } from './front/key-book.ts';
import type { KeyPair } from './front/sigv4a.ts';
import { startFront } from './front/start-front.ts';
import { localAccount } from './local-account.ts';
import { createS3 } from './s3/create-s3.ts';
import { createS3Store } from './s3/store.ts';
import { startSiteServer } from './start-site-server.ts';
import { type CloudState, memoryState, openState } from './state/state-folder.ts';
import { lockState, type StateLock } from './state/state-lock.ts';
import { createSts } from './sts/create-sts.ts';

export interface LocalCloudOptions {
  /** The port of the sites; 0 or none takes any. */
  readonly port?: number;
  /** The port of the AWS endpoint; 0 or none takes any. */
  readonly cloudPort?: number;
  /** Where everything is kept; without it, in memory. */
  readonly stateDir?: string;
  readonly clock?: Clock;
  /** Fixes what CloudFront and the edge would choose at random. */
  readonly seed?: number;
  /** Called when a `kill` fault struck. */
  readonly onKill?: () => void;
  /** The pair to give out, instead of the folder's or a random one. */
  readonly accessKey?: KeyPair;
}

export interface LocalCloud extends KeyPair {
  /** `http://localhost:PORT`: the KeyValueStore client puts the account before it, so it is a name and no IP. */
  readonly endpoint: string;
  /** Where the distribution that was deployed last answers: `http://localhost:PORT/`. */
  readonly siteUrl: string;
  /** Where a distribution answers, by its domain name. */
  urlOf(distributionDomain: string): string;
  readonly account: string;
  close(): Promise<void>;
}

/**
 * Starts a local AWS on loopback: S3, STS, CloudFront and its KeyValueStore on one endpoint, the sites on another port.
 * @throws StateInUse where another process holds `stateDir`.
 */
export async function startLocalCloud(options: LocalCloudOptions = {}): Promise<LocalCloud> {
  const { stateDir, accessKey } = options;
  const lock = stateDir === undefined ? undefined : await lockState(stateDir);
  try {
    const state = stateDir === undefined ? memoryState(accessKey) : openState(stateDir, accessKey);
    return await startOn(state, lock, options);
  } catch (error) {
    lock?.release();
    throw error;
  }
}

async function startOn(
  state: CloudState,
  lock: StateLock | undefined,
  options: LocalCloudOptions,
): Promise<LocalCloud> {
  const { clock = systemClock, seed } = options;
  const { own, service } = state.keys;
  const cloudFront = openCloudFront(state, clock, seed);
  const front = await startFront({
    port: options.cloudPort ?? 0,
    clock,
    instance: lock?.instance ?? randomUUID(),
    keys: createKeyBook({ account: localAccount, own, service }),
    services: {
      s3: createS3({ store: createS3Store(state), clock }),
      sts: createSts(),
      cloudfront: cloudFront,
      'cloudfront-keyvaluestore': { handle: cloudFront.handleStore, operationOf: cloudFront.storeOperationOf },
    },
    onKill: options.onKill,
  });
  const s3 = { host: '127.0.0.1', port: front.port } as const;
  const { view } = cloudFront;
  const edge = createEdge({ view, clock, s3, serviceKey: service, ...(seed === undefined ? {} : { seed }) });
  const site = await startSiteServer(edge, options.port ?? 0).catch(async (error: unknown) => {
    await front.close();
    throw error;
  });
  const endpoint = `http://localhost:${front.port}`;
  const siteUrl = `http://localhost:${site.port}/`;
  lock?.announce({ endpoint, siteUrl });
  return {
    endpoint,
    siteUrl,
    urlOf: (domain) => `http://${domain}:${site.port}`,
    account: localAccount,
    ...own,
    async close() {
      await Promise.all([site.close(), front.close()]);
      edge.close();
      state.close();
      lock?.release();
    },
  };
}

function openCloudFront(state: CloudState, clock: Clock, seed: number | undefined) {
  const named = seed === undefined ? {} : { seed: String(seed) };
  const cloudFront = createCloudFront({ clock, account: localAccount, domainSuffix: 'localhost', ...named });
  const saved = state.readCloudFront();
  if (saved !== undefined) cloudFront.importState(saved);
  cloudFront.onChange(() => state.writeCloudFront(cloudFront.exportState()));
  return cloudFront;
}
