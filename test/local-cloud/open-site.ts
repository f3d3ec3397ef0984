import {
  CloudFrontClient,
  CreateDistributionCommand,
  CreateInvalidationCommand,
  CreateOriginAccessControlCommand,
  GetInvalidationCommand,
} from '@aws-sdk/client-cloudfront';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import { faultsOf } from '../support/faults.ts';
import { createTestClock, type TestClock } from '../support/test-clock.ts';
import { type RawAnswer, rawRequest } from './front/raw-request.ts';

/** A bucket behind a distribution that is Deployed, on a cloud whose clock only the test moves. */
export interface LocalSite {
  readonly cloud: LocalCloud;
  readonly clock: TestClock;
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  readonly distributionId: string;
  readonly host: string;
  put(key: string, body: string, cacheControl?: string): Promise<void>;
  /** What a point of presence answers. */
  visit(pop: number | string, path: string): Promise<RawAnswer>;
  /** The body that each of the points of presence answers with. */
  shown(path: string): Promise<readonly string[]>;
  /** Accepted, and no more: the clock stands still. */
  invalidate(...items: string[]): Promise<string>;
  statusOf(invalidation: string): Promise<string | undefined>;
  control(method: string, path: string, body?: object): Promise<RawAnswer>;
  readonly faults: ReturnType<typeof faultsOf>;
  stop(): Promise<void>;
}

export const deployMs = 1000;
export const invalidateMs = 1000;

export async function openSite(options: LocalCloudOptions = {}): Promise<LocalSite> {
  const clock = createTestClock();
  const delays = { deployMs, invalidateMs, ...options.delays };
  const cloud = await startLocalCloud({ clock, seed: 1, ...options, delays });
  const { endpoint, accessKeyId, secretAccessKey } = cloud;
  const config = { endpoint, region: 'us-east-1', maxAttempts: 1, credentials: { accessKeyId, secretAccessKey } };
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  const cloudFront = new CloudFrontClient(config);
  await s3.send(new CreateBucketCommand({ Bucket: 'site' }));
  const made = await createDistribution(cloudFront);
  const { id: distributionId, domain: host } = made;
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'site', Policy: policyFor(made.arn) }));
  await clock.advance(deployMs);
  const [site, control] = [cloud.siteUrl, endpoint].map((url) => Number(new URL(url).port));
  const visit = (pop: number | string, path: string) =>
    rawRequest({ port: site ?? 0, path, headers: { host, 'x-cdnpub-pop': String(pop) } });
  let references = 0;
  return {
    ...{ cloud, clock, s3, cloudFront, distributionId, host, visit },
    async put(Key, Body, CacheControl = 'max-age=0, s-maxage=31536000') {
      await s3.send(new PutObjectCommand({ Bucket: 'site', Key, Body, CacheControl, ContentType: 'text/html' }));
    },
    async shown(path) {
      const answers: string[] = [];
      for (let pop = 0; pop < (options.pops ?? 1); pop++) answers.push((await visit(pop, path)).text);
      return answers;
    },
    async invalidate(...Items) {
      references += 1;
      const InvalidationBatch = { CallerReference: `r${references}`, Paths: { Quantity: Items.length, Items } };
      const command = new CreateInvalidationCommand({ DistributionId: distributionId, InvalidationBatch });
      return (await cloudFront.send(command)).Invalidation?.Id ?? '';
    },
    async statusOf(Id) {
      const command = new GetInvalidationCommand({ DistributionId: distributionId, Id });
      return (await cloudFront.send(command)).Invalidation?.Status;
    },
    control: (method, path, body) =>
      rawRequest({ port: control ?? 0, method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    faults: faultsOf(`http://127.0.0.1:${control}`),
    async stop() {
      s3.destroy();
      cloudFront.destroy();
      await cloud.close();
    },
  };
}

async function createDistribution(client: CloudFrontClient) {
  const made = await client.send(
    new CreateOriginAccessControlCommand({
      OriginAccessControlConfig: {
        Name: 'site',
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    }),
  );
  const origin = {
    Id: 's3',
    DomainName: 'site.s3.us-east-1.amazonaws.com',
    OriginPath: '',
    S3OriginConfig: { OriginAccessIdentity: '' },
    OriginAccessControlId: made.OriginAccessControl?.Id,
  };
  const { Distribution } = await client.send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'site',
        Comment: '',
        Enabled: true,
        Origins: { Quantity: 1, Items: [origin] },
        DefaultCacheBehavior: {
          TargetOriginId: 's3',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        },
      },
    }),
  );
  return {
    id: Distribution?.Id ?? '',
    domain: Distribution?.DomainName ?? '',
    arn: Distribution?.ARN ?? '',
  };
}

function policyFor(arn: string): string {
  const Statement = [
    ['s3:GetObject', 'arn:aws:s3:::site/*'],
    ['s3:ListBucket', 'arn:aws:s3:::site'],
  ].map(([Action, Resource]) => ({
    ...{ Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action, Resource },
    Condition: { StringEquals: { 'AWS:SourceArn': arn } },
  }));
  return JSON.stringify({ Statement });
}
