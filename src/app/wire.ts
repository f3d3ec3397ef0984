import type { Environment, LocalEndpoint } from '../aws/connect.ts';
import type { RequestCounts } from '../aws/count-requests.ts';
import type { Identity } from '../aws/identity.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { BucketAdmin, Cdn, Clock, ObjectStore, PublicAnswer, StoreData } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Target } from '../model/target.ts';
import { systemClock } from './system-clock.ts';

export interface WireOptions {
  readonly settings: Settings;
  readonly env: Environment;
  readonly local: LocalEndpoint | undefined;
  readonly clock: Clock;
  /** From 0 to below 1; the machine's own where none is given. */
  readonly random?: (() => number) | undefined;
  /** Requests in flight at most. */
  readonly concurrency: number;
}

/** A site's bucket and distribution, reached and looked at, ready to be planned for. */
export interface Wired {
  readonly target: Target;
  readonly identity: Identity;
  readonly bucketExists: boolean;
  readonly store: ObjectStore;
  readonly bucket: BucketAdmin;
  readonly cdn: Cdn | undefined;
  /** The data of KeyValueStores; undefined without a distribution. */
  readonly data: StoreData | undefined;
  readonly counts: RequestCounts;
  /** Asks `check` before each request from now on; what it throws is the request's error. */
  guardRequests(check: (() => void) | undefined): void;
  writesInFlight(): number;
  /** Finds out whether this store honours conditional writes, by writing `key` twice; throws what a write throws. */
  probeConditionalWrites(key: string): Promise<boolean>;
  /** Sends every later write without its conditions where the store does not honour them. */
  useConditions(honoured: boolean): void;
  /** Asks an address as anybody would; undefined where nobody answers. */
  readPublicly(url: string): Promise<PublicAnswer | undefined>;
  close(): void;
}

/**
 * Joins the ports to AWS: the one place that names the adapters. They load while the build is scanned. Asks who the
 * caller is and where the bucket stands; its own region wins over any other.
 */
export async function wire(options: WireOptions): Promise<Wired> {
  const { settings, clock } = options;
  const [{ connect }, { identify }, { findRegion }, { readPublicly }, s3] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/identity.ts'),
    import('../aws/find-region.ts'),
    import('../aws/network/read-publicly.ts'),
    importS3(),
  ]);
  const { env, local, concurrency, random = Math.random } = options;
  const { profile, region: given } = settings;
  const connection = connect({ env, local, concurrency, clock, random, profile, region: given });
  try {
    const region = await findRegion(connection);
    if (region === undefined) throw noRegion();
    const identity = await identify(connection, region);
    checkPartition(identity, settings);
    const bucketName = settings.bucket ?? defaultBucket(settings, identity, region);
    const open = (at: string) =>
      s3.openBucket(connection, { ...place(settings, identity), bucket: bucketName, region: at });
    const first = await open(region);
    const found = await s3.bucketAdmin(first).inspect();
    const context = found.region === region ? first : await open(found.region);
    const store = s3.objectStore(context);
    const target = targetOf(settings, identity, { bucket: bucketName, region: found.region });
    return {
      target,
      identity,
      bucketExists: found.exists,
      store,
      bucket: s3.bucketAdmin(context),
      ...(settings.cdn ? await wireCdn(connection, identity, clock) : { cdn: undefined, data: undefined }),
      counts: connection.counts,
      guardRequests: (check) => {
        connection.sending.gate.guard = check;
      },
      writesInFlight: () => connection.sending.gate.writesInFlight,
      probeConditionalWrites: (key) => s3.probeConditionalWrites(store, key),
      useConditions: (honoured) => {
        context.conditions.honoured = honoured;
      },
      readPublicly: (url) => readPublicly(connection, url),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Who the credentials at hand belong to, without a site. Throws what `identify` throws. */
export async function findIdentity(request: {
  readonly env: Environment;
  readonly profile: string | null;
  readonly region: string;
}): Promise<Identity> {
  const [{ connect }, { identify }] = await Promise.all([import('../aws/connect.ts'), import('../aws/identity.ts')]);
  const options = { local: undefined, concurrency: 1, clock: systemClock, random: Math.random };
  const connection = connect({ ...request, ...options });
  try {
    return await identify(connection, request.region);
  } finally {
    connection.close();
  }
}

async function importS3() {
  const [{ openBucket }, { objectStore }, { bucketAdmin }, { probeConditionalWrites }] = await Promise.all([
    import('../aws/s3/open-bucket.ts'),
    import('../aws/s3/object-store.ts'),
    import('../aws/s3/bucket-admin.ts'),
    import('../aws/s3/probe-conditional-writes.ts'),
  ]);
  return { openBucket, objectStore, bucketAdmin, probeConditionalWrites };
}

async function wireCdn(
  connection: Parameters<typeof import('../aws/cloudfront/open-cloudfront.ts').openCloudFront>[0],
  identity: Identity,
  clock: Clock,
): Promise<{ readonly cdn: Cdn; readonly data: StoreData }> {
  const { account, principal, partition } = identity;
  if (account === null) {
    throw new CdnpubError('E_CONFIG', {
      message: 'this endpoint has no STS, so there is no account to make a distribution in',
      hints: ['--no-cdn, or "cdn": false in the config'],
    });
  }
  const [{ openCloudFront }, { cloudFrontCdn }, { storeData }] = await Promise.all([
    import('../aws/cloudfront/open-cloudfront.ts'),
    import('../aws/cloudfront/cloudfront-cdn.ts'),
    import('../aws/keyvaluestore/store-data.ts'),
  ]);
  const cdn = cloudFrontCdn(await openCloudFront(connection, { account, principal, partition }), clock);
  return { cdn, data: storeData(connection, { principal }) };
}

const place = ({ prefix }: Settings, { account, principal }: Identity) => ({ prefix, account, principal });

function targetOf(
  settings: Settings,
  { account, partition }: Identity,
  at: { readonly bucket: string; readonly region: string },
): Target {
  const { site, channel, prefix, cdn, manage, distribution } = settings;
  return { site, channel, prefix, cdn, manage, distribution, account, partition, ...at };
}

/** `SITE-ACCOUNT-REGION-an`: the account's own namespace, so a second run finds it and nobody else can have it. */
function defaultBucket({ site }: Settings, { account }: Identity, region: string): string {
  if (account !== null) return `${site}-${account}-${region}-an`;
  throw new CdnpubError('E_CONFIG', {
    message: 'this endpoint has no STS, so the name of the bucket cannot be derived from the account',
    hints: ['--bucket NAME'],
  });
}

const noRegion = (): CdnpubError =>
  new CdnpubError('E_REGION', {
    message: 'no region is set',
    hints: ['--region eu-west-1, or AWS_REGION, or a region in the profile'],
  });

function checkPartition({ partition }: Identity, { cdn }: Settings): void {
  if (partition === 'aws' || !cdn) return;
  throw new CdnpubError('E_PARTITION', {
    message: `CloudFront in the partition ${partition} is not supported`,
    hints: ['--no-cdn publishes to the bucket alone'],
  });
}
