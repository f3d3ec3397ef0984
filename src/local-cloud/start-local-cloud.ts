import { randomUUID } from 'node:crypto';
import { type Clock, isControllable, skewedClock, systemClock } from './clock.ts';
import type { Delays, ReadObject } from './cloudfront/call.ts';
import { type CloudFront, createCloudFront } from './cloudfront/create-cloudfront.ts';
import { createNetwork, type Network, type NetworkOptions } from './edge/create-network.ts';
import { createKeyBook } from './front/key-book.ts';
import type { KeyPair } from './front/sigv4a.ts';
import { startFront } from './front/start-front.ts';
import { localAccount } from './local-account.ts';
import { createIdentity } from './policy/create-identity.ts';
import { createPropagation, type Lag, plainLag, type RegionOrder, seededLag } from './propagation.ts';
import { createS3 } from './s3/create-s3.ts';
import { objectReader } from './s3/object-reader.ts';
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
  /** A clock that can be moved is served at `/_cdnpub/clock`. */
  readonly clock?: Clock;
  /** How far the clock of the services is ahead of `clock`, milliseconds. */
  readonly skewMs?: number;
  /** Fixes what CloudFront and the edge would choose at random. */
  readonly seed?: number;
  /**
   * Points of presence, each with a cache of its own; 1 unless told. Of several, each sees a change of the control plane
   * at a time of its own: before the change is `Deployed` or `Completed`, and a write to a store within `storeSettleMs`.
   */
  readonly pops?: number;
  /** Whether there is a regional cache, and when invalidations reach it; `first` with several points of presence. */
  readonly region?: RegionOrder;
  /** When which place sees what, instead of at random. */
  readonly lag?: Lag;
  /** How long CloudFront takes; of several points of presence `storeSettleMs` is 250 unless told. */
  readonly delays?: Partial<Delays>;
  /** Keeps what was asked of the origin before an invalidation and came after it: AWS does not say that it is dropped. */
  readonly keepEarlyFills?: boolean;
  /**
   * Called when a `kill` fault struck, to kill the client and wait for its exit. Until it resolves nothing else that the
   * account asks for is done, and what the dead client had sent meanwhile is lost with it.
   */
  readonly onKill?: () => void | Promise<void>;
  /** The pair to give out, instead of the folder's or a random one. */
  readonly accessKey?: KeyPair;
  /** An IAM policy, as JSON, that the pair is held to; without one it may do all that the account may. */
  readonly policy?: string;
}

export interface LocalCloud extends KeyPair {
  /** `http://localhost:PORT`: the KeyValueStore client puts the account before it, so it is a name and no IP. */
  readonly endpoint: string;
  /** Where the distribution that was deployed last answers: `http://localhost:PORT/`. */
  readonly siteUrl: string;
  /** Where a distribution answers, by its domain name. */
  urlOf(distributionDomain: string): string;
  readonly account: string;
  /** Holds the pair to another IAM policy from now on, or to none. @throws ServiceFault MalformedPolicy */
  usePolicy(policy: string | undefined): void;
  close(): Promise<void>;
}

/**
 * Starts a local AWS on loopback: S3, STS, CloudFront and its KeyValueStore on one endpoint, the sites on another port.
 * @throws StateInUse where another process holds `stateDir`, ServiceFault MalformedPolicy where `policy` is none.
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
  const { clock: ownClock = systemClock } = options;
  const clock = skewedClock(ownClock, options.skewMs ?? 0);
  const { own, service } = state.keys;
  const s3Service = createS3({ store: createS3Store(state), clock });
  const cloudFront = openCloudFront(state, clock, options, objectReader(s3Service.handle));
  const identity = createIdentity(options.policy);
  // The edge asks the front, so that it can only be made when the front listens.
  const edge: { network?: Network } = {};
  const front = await startFront({
    port: options.cloudPort ?? 0,
    clock,
    controlClock: isControllable(ownClock) ? ownClock : undefined,
    inspect: () => ({ caches: edge.network?.caches() ?? [], ...cloudFront.describe() }),
    instance: lock?.instance ?? randomUUID(),
    keys: createKeyBook({ account: localAccount, own, service, policy: identity.policy }),
    services: {
      s3: s3Service,
      sts: createSts(),
      cloudfront: cloudFront,
      'cloudfront-keyvaluestore': { handle: cloudFront.handleStore, operationOf: cloudFront.storeOperationOf },
    },
    onKill: options.onKill,
  });
  const s3 = { host: '127.0.0.1', port: front.port } as const;
  const network = openNetwork(cloudFront, { clock, s3, serviceKey: service }, options);
  edge.network = network;
  const site = await startSiteServer(network, options.port ?? 0).catch(async (error: unknown) => {
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
    usePolicy: identity.usePolicy,
    async close() {
      await Promise.all([site.close(), front.close()]);
      network.close();
      state.close();
      lock?.release();
    },
  };
}

function openCloudFront(
  state: CloudState,
  clock: Clock,
  options: LocalCloudOptions,
  readObject: ReadObject,
): CloudFront {
  const { seed, pops = 1, delays } = options;
  const named = seed === undefined ? {} : { seed: String(seed) };
  const lag = options.lag ?? (pops === 1 ? plainLag : seededLag(String(seed ?? randomUUID())));
  const cloudFront = createCloudFront({
    ...{ clock, account: localAccount, domainSuffix: 'localhost', readObject, ...named },
    propagation: createPropagation({ lag, region: regionOf(options) }),
    ...(pops === 1 ? {} : { storeSettleMs: 250 }),
    ...delays,
  });
  const saved = state.readCloudFront();
  if (saved !== undefined) cloudFront.importState(saved);
  cloudFront.onChange(() => state.writeCloudFront(cloudFront.exportState()));
  return cloudFront;
}

function openNetwork(
  { viewAt }: CloudFront,
  ports: Pick<NetworkOptions, 'clock' | 's3' | 'serviceKey'>,
  options: LocalCloudOptions,
): Network {
  const { seed, pops = 1, keepEarlyFills } = options;
  return createNetwork({
    ...ports,
    ...{ viewAt, pops, regional: regionOf(options) === 'none' ? 'no' : 'yes' },
    earlyFills: keepEarlyFills === true ? 'kept' : 'dropped',
    ...(seed === undefined ? {} : { seed }),
  });
}

const regionOf = ({ region, pops = 1 }: LocalCloudOptions): RegionOrder => region ?? (pops === 1 ? 'none' : 'first');
