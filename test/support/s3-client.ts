import { Agent } from 'node:http';
import type { LookupFunction } from 'node:net';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import type { TestCloud } from './start-cloud.ts';

/** `localhost` is this machine, whatever the resolver says. */
const lookup: LookupFunction = (_hostname, options, callback) =>
  options.all === true ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);

const requestHandler = { httpAgent: new Agent({ lookup }) };

/** An S3 client that is not cdnpub's; `accessKeyId` of another name belongs to another account. */
export const s3Client = (
  { cloud }: Pick<TestCloud, 'cloud'>,
  options: { readonly region?: string; readonly accessKeyId?: string } = {},
): S3Client =>
  new S3Client({
    endpoint: cloud.endpoint,
    region: options.region ?? 'eu-west-1',
    forcePathStyle: true,
    credentials: {
      accessKeyId: options.accessKeyId ?? cloud.accessKeyId,
      secretAccessKey: cloud.secretAccessKey,
    },
    requestHandler,
  });

/** A CloudFront client that is not cdnpub's. */
export const cloudFrontClient = ({ cloud }: Pick<TestCloud, 'cloud'>): CloudFrontClient =>
  new CloudFrontClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: cloud.accessKeyId, secretAccessKey: cloud.secretAccessKey },
    requestHandler,
  });
