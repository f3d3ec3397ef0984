import './quiet.ts';
import '@aws-sdk/signature-v4a';
import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CloudFrontClient, CreateDistributionCommand, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { CloudFrontKeyValueStoreClient } from '@aws-sdk/client-cloudfront-keyvaluestore';
import {
  type CloudFront,
  type CloudFrontOptions,
  createCloudFront,
} from '../../../src/local-cloud/cloudfront/create-cloudfront.ts';
import { createKeyBook } from '../../../src/local-cloud/front/key-book.ts';
import { startFront } from '../../../src/local-cloud/front/start-front.ts';

export const account = '111122223333';

/** A running CloudFront behind the real front, with a clock that only the test moves. */
export interface TestCloud {
  readonly cloud: CloudFront;
  readonly client: CloudFrontClient;
  /** Of another account. */
  readonly foreign: CloudFrontClient;
  readonly stores: CloudFrontKeyValueStoreClient;
  readonly foreignStores: CloudFrontKeyValueStoreClient;
  readonly port: number;
  readonly now: () => number;
  readonly advance: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export async function startTestCloud(
  options: Partial<Pick<CloudFrontOptions, 'storeSettleMs' | 'propagation'>> = {},
): Promise<TestCloud> {
  let now = Date.now();
  const clock = { now: () => now, after: () => () => {} };
  const own = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'local-secret' };
  const cloud = createCloudFront({ clock, account, domainSuffix: 'localhost', seed: 'test', ...options });
  const front = await startFront({
    port: 0,
    clock,
    keys: createKeyBook({ account, own, service: { accessKeyId: 'AKIDEDGE', secretAccessKey: 'edge-secret' } }),
    services: {
      cloudfront: { handle: cloud.handle, operationOf: cloud.operationOf },
      'cloudfront-keyvaluestore': { handle: cloud.handleStore, operationOf: cloud.storeOperationOf },
    },
  });
  const other = { accessKeyId: 'AKIDOTHER', secretAccessKey: 'other-secret' };
  const httpAgent = new Agent({ keepAlive: true, lookup: toLoopback });
  const configOf = (credentials: typeof own) => ({
    endpoint: `http://localhost:${front.port}`,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    requestHandler: { httpAgent },
  });
  return {
    cloud,
    client: new CloudFrontClient(configOf(own)),
    foreign: new CloudFrontClient(configOf(other)),
    stores: new CloudFrontKeyValueStoreClient(configOf(own)),
    foreignStores: new CloudFrontKeyValueStoreClient(configOf(other)),
    port: front.port,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    close: async () => {
      httpAgent.destroy();
      await front.close();
    },
  };
}

const toLoopback: LookupFunction = (_, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

/** What a refused call threw: `CODE STATUS`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return $metadata === undefined ? String(error) : `${name} ${$metadata.httpStatusCode}`;
  }
  return 'accepted';
}

/** Takes the ETag that must be there. */
export function known(text: string | undefined): string {
  if (text === undefined || text === '') throw new Error('The answer lacks a value that the test needs.');
  return text;
}

let references = 0;

/** A good config of a site on S3, changed as the test needs. */
export function siteConfig(changes: Partial<DistributionConfig> = {}): DistributionConfig {
  references += 1;
  return {
    CallerReference: `reference-${references}`,
    Comment: 'a site',
    Enabled: true,
    DefaultRootObject: 'index.html',
    Origins: { Quantity: 1, Items: [s3Origin()] },
    DefaultCacheBehavior: behavior(),
    ...changes,
  };
}

/** Creates a distribution with such a config. */
export async function createSite(client: CloudFrontClient, changes: Partial<DistributionConfig> = {}) {
  const { Distribution } = await client.send(
    new CreateDistributionCommand({ DistributionConfig: siteConfig(changes) }),
  );
  return { id: known(Distribution?.Id), domain: known(Distribution?.DomainName), arn: known(Distribution?.ARN) };
}

type Origin = NonNullable<NonNullable<DistributionConfig['Origins']>['Items']>[number];
type Behavior = NonNullable<DistributionConfig['DefaultCacheBehavior']>;

export function s3Origin(changes: Partial<Origin> = {}): Origin {
  return {
    Id: 'bucket',
    DomainName: 'bucket.s3.eu-west-1.amazonaws.com',
    S3OriginConfig: { OriginAccessIdentity: '' },
    ...changes,
  };
}

export function customOrigin(changes: Partial<Origin> = {}): Origin {
  return {
    Id: 'api',
    DomainName: 'api.example.com',
    CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
    ...changes,
  };
}

export function behavior(changes: Partial<Behavior> = {}): Behavior {
  return {
    TargetOriginId: 'bucket',
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
    ...changes,
  };
}
