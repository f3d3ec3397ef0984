import { CreateBucketCommand, PutBucketVersioningCommand, type S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { cloudFrontCdn } from '../../src/aws/cloudfront/cloudfront-cdn.ts';
import { openCloudFront } from '../../src/aws/cloudfront/open-cloudfront.ts';
import { type Connection, type ConnectOptions, connect } from '../../src/aws/connect.ts';
import { storeData } from '../../src/aws/keyvaluestore/store-data.ts';
import { objectStore } from '../../src/aws/s3/object-store.ts';
import { openBucket } from '../../src/aws/s3/open-bucket.ts';
import type { S3Context } from '../../src/aws/s3/s3-context.ts';
import { startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import type { Cdn, ObjectStore, StoreData } from '../../src/model/ports.ts';
import { faultsOf } from '../support/faults.ts';
import { readLog } from '../support/request-log.ts';
import { s3Client } from '../support/s3-client.ts';
import { type PlayedTime, playTime } from './play-time.ts';

/** Our adapters over real HTTP to a local cloud with one bucket, in a time that plays by itself. */
export interface Adapters extends PlayedTime, ReturnType<typeof faultsOf> {
  readonly connection: Connection;
  readonly context: S3Context;
  readonly store: ObjectStore;
  readonly cdn: Cdn;
  readonly data: StoreData;
  /** A client of somebody else's. */
  readonly stranger: S3Client;
  readonly endpoint: string;
  /** Names of the operations that were asked for since the last call, faulty ones included. */
  asked(): Promise<readonly string[]>;
}

export const bucket = 'adapters-of-docs';

export async function openAdapters(
  options: { readonly concurrency?: number; readonly skewMs?: number; readonly connect?: Partial<ConnectOptions> } = {},
): Promise<Adapters> {
  const time = playTime();
  const cloud = await startLocalCloud({ clock: time.clock, skewMs: options.skewMs ?? 0 });
  const stranger = s3Client({ cloud } as never);
  const connection = connect({
    env: {},
    profile: null,
    region: 'eu-west-1',
    concurrency: options.concurrency ?? 64,
    clock: time.clientClock,
    random: () => 0.5,
    local: cloud,
    ...options.connect,
  });
  onTestFinished(async () => {
    connection.close();
    stranger.destroy();
    await cloud.close();
  });
  await stranger.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
  const versioning = { VersioningConfiguration: { Status: 'Enabled' } } as const;
  await stranger.send(new PutBucketVersioningCommand({ Bucket: bucket, ...versioning }));
  const account = cloud.account;
  const place = { bucket, prefix: 'docs/', region: 'eu-west-1', account, principal: 'arn:aws:iam::1:user/ann' };
  const context = await openBucket(connection, place);
  const caller = { account, principal: place.principal, partition: 'aws' };
  const cdn = cloudFrontCdn(await openCloudFront(connection, caller), time.clientClock);
  let since = (await readLog(cloud.endpoint)).next;
  return {
    ...time,
    ...faultsOf(cloud.endpoint),
    data: storeData(connection, caller),
    ...{ connection, context, store: objectStore(context), cdn, stranger, endpoint: cloud.endpoint },
    async asked() {
      const { next, requests } = await readLog(cloud.endpoint, since);
      since = next;
      return requests.map(({ op }) => op);
    },
  };
}
