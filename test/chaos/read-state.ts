import { gunzipSync } from 'node:zlib';
import {
  type CloudFrontClient,
  GetDistributionConfigCommand,
  GetFunctionCommand,
  ListCachePoliciesCommand,
  ListDistributionsCommand,
  ListFunctionsCommand,
  ListKeyValueStoresCommand,
  ListOriginAccessControlsCommand,
  ListResponseHeadersPoliciesCommand,
} from '@aws-sdk/client-cloudfront';
import { GetBucketPolicyCommand, GetObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Manifest } from '../../src/model/manifest.ts';
import { channelKeys, siteRecordKey, stateFolder } from '../../src/model/state-keys.ts';
import { decodeManifest } from '../../src/plan/state/manifest-text.ts';
import { cloudFrontClient, s3Client } from '../support/s3-client.ts';
import type { World } from './open-world.ts';
import { type BucketObject, readBucket } from './read-bucket.ts';

/** What a site has come to: all that must not depend on what died on the way there. Names minted at random are masked. */
export interface SiteState {
  /** SHA-256 and headers by key. */
  readonly objects: Readonly<Record<string, string>>;
  /** The manifest's entries by key. */
  readonly entries: Readonly<Record<string, string>>;
  /** Whether deploys are refused. */
  readonly hold: string;
  readonly distribution: string;
  readonly edgeFunction: string;
  readonly policy: string;
  /** How many there are of each resource. */
  readonly resources: Readonly<Record<string, number>>;
}

/** A state, and what it was made of. */
export interface ReadSite {
  readonly state: SiteState;
  readonly bucket: ReadonlyMap<string, BucketObject>;
  readonly manifest: Manifest;
  readonly domain: string;
  /** What in the bucket's state folder contradicts the bucket or should be gone, in words. */
  readonly faults: readonly string[];
}

const keys = channelKeys('live');

export async function readSite(world: World): Promise<ReadSite> {
  const [s3, cloudFront] = [s3Client(world), cloudFrontClient(world)];
  try {
    const bucket = await readBucket(s3, world.bucket);
    const manifest = await readManifest(s3, world.bucket, bucket);
    const { siteId, distribution } = JSON.parse(textOf(bucket.get(siteRecordKey))) as SiteIds;
    const ids = await listIds(cloudFront);
    const mask = masking([siteId, ...ids.values()].flat());
    const state = {
      objects: record(
        [...bucket].filter(([key]) => !key.startsWith(stateFolder)),
        ({ sha256, headers }) => [sha256, headers],
      ),
      entries: record([...manifest.entries], ({ sha256, size, headers, retainedSince }) => [
        sha256,
        size,
        headers,
        retainedSince !== null,
      ]),
      hold: String(manifest.hold),
      distribution: mask(await readDistribution(cloudFront, distribution.id)),
      edgeFunction: await readFunction(cloudFront, `cdnpub-docs-${siteId}-request`),
      policy: mask(await readPolicy(s3, world.bucket)),
      resources: Object.fromEntries([...ids].map(([kind, found]) => [kind, found.length])),
    };
    return { state, bucket, manifest, domain: distribution.domain, faults: findFaults(bucket, manifest) };
  } finally {
    s3.destroy();
    cloudFront.destroy();
  }
}

interface SiteIds {
  readonly siteId: string;
  readonly distribution: { readonly id: string; readonly domain: string };
}

const textOf = (object: BucketObject | undefined): string => new TextDecoder().decode(object?.bytes);

/** Where the manifest is lost, the later of its newest version and the newest release stands in until the next change. */
async function readManifest(
  s3: S3Client,
  Bucket: string,
  bucket: ReadonlyMap<string, BucketObject>,
): Promise<Manifest> {
  const current = decode(bucket.get(keys.manifest)?.bytes);
  if (current !== undefined) return current;
  const newest = [...bucket.keys()]
    .filter((key) => key.startsWith(keys.releases))
    .sort()
    .at(-1);
  const found = [await readNoncurrent(s3, Bucket), bucket.get(newest ?? '')?.bytes]
    .map(decode)
    .filter((manifest) => manifest !== undefined)
    .sort((a, b) => b.finishedAt - a.finishedAt);
  if (found[0] === undefined) throw new Error('there is neither a manifest nor a release');
  return found[0];
}

async function readNoncurrent(s3: S3Client, Bucket: string): Promise<Uint8Array | undefined> {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: keys.manifest }));
  const version = Versions.find(({ IsLatest }) => IsLatest !== true)?.VersionId;
  if (version === undefined) return undefined;
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key: keys.manifest, VersionId: version }));
  return answer.Body?.transformToByteArray();
}

function decode(bytes: Uint8Array | undefined): Manifest | undefined {
  try {
    return decodeManifest(gunzipSync(bytes ?? new Uint8Array()).toString());
  } catch {
    return undefined;
  }
}

const record = <T>(
  entries: readonly (readonly [string, T])[],
  tell: (value: T) => unknown,
): Readonly<Record<string, string>> => Object.fromEntries(entries.map(([key, value]) => [key, sorted(tell(value))]));

/** JSON in which the order of names makes no difference. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );

function findFaults(bucket: ReadonlyMap<string, BucketObject>, manifest: Manifest): readonly string[] {
  const left = [...bucket.keys()].filter((key) => key === keys.lock || key.startsWith(keys.announcements));
  const wrong = [...manifest.entries.values()].filter((entry) => {
    const object = bucket.get(entry.key);
    const same = object?.etag === entry.etag && object.versionId === entry.versionId && object.sha256 === entry.sha256;
    return !same || object.lastModified !== entry.lastModified || sorted(object.headers) !== sorted(entry.headers);
  });
  const missing = manifest.releases.filter((id) => !bucket.has(keys.release(id)));
  return [
    ...left.map((key) => `${key} is left`),
    ...wrong.map(({ key }) => `${key} is not as recorded`),
    ...missing.map((id) => `the manifest names release ${id}, which is not there`),
  ];
}

async function listIds(client: CloudFrontClient): Promise<ReadonlyMap<string, readonly string[]>> {
  const [distributions, functions, stores, controls, caches, headers] = await Promise.all([
    client.send(new ListDistributionsCommand({})),
    client.send(new ListFunctionsCommand({ Stage: 'DEVELOPMENT' })),
    client.send(new ListKeyValueStoresCommand({})),
    client.send(new ListOriginAccessControlsCommand({})),
    client.send(new ListCachePoliciesCommand({ Type: 'custom' })),
    client.send(new ListResponseHeadersPoliciesCommand({ Type: 'custom' })),
  ]);
  const ids = (found: readonly (string | undefined)[] | undefined) => (found ?? []).map((id) => id ?? '');
  return new Map([
    ['distributions', ids(distributions.DistributionList?.Items?.map(({ Id }) => Id))],
    ['functions', ids(functions.FunctionList?.Items?.map(({ Name }) => Name))],
    ['stores', ids(stores.KeyValueStoreList?.Items?.map(({ Id }) => Id))],
    ['origin access controls', ids(controls.OriginAccessControlList?.Items?.map(({ Id }) => Id))],
    ['cache policies', ids(caches.CachePolicyList?.Items?.map(({ CachePolicy }) => CachePolicy?.Id))],
    [
      'headers policies',
      ids(headers.ResponseHeadersPolicyList?.Items?.map(({ ResponseHeadersPolicy: policy }) => policy?.Id)),
    ],
  ]);
}

const masking =
  (names: readonly string[]) =>
  (text: string): string =>
    names.reduce((masked, name) => masked.replaceAll(name, '…'), text);

async function readDistribution(client: CloudFrontClient, Id: string): Promise<string> {
  const { DistributionConfig } = await client.send(new GetDistributionConfigCommand({ Id }));
  return sorted(DistributionConfig);
}

async function readFunction(client: CloudFrontClient, Name: string): Promise<string> {
  const { FunctionCode } = await client.send(new GetFunctionCommand({ Name, Stage: 'LIVE' }));
  return new TextDecoder().decode(FunctionCode);
}

async function readPolicy(client: S3Client, Bucket: string): Promise<string> {
  const { Policy = '{}' } = await client.send(new GetBucketPolicyCommand({ Bucket }));
  return sorted(JSON.parse(Policy));
}
