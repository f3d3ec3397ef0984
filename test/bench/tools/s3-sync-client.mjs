// A library without a command: node s3-sync-client.mjs MODULES DIR BUCKET
import { createRequire } from 'node:module';
import { join } from 'node:path';
import mimeTypes from 'mime-types';

const [modules, dir, bucket] = process.argv.slice(2);
const require = createRequire(join(modules, 'x.js'));
const { S3Client } = require('@aws-sdk/client-s3');
const { S3SyncClient } = require('s3-sync-client');

const client = new S3Client({ endpoint: process.env.AWS_ENDPOINT_URL, forcePathStyle: true, region: 'us-east-1' });
await new S3SyncClient({ client }).sync(dir, `s3://${bucket}`, {
  del: true,
  maxConcurrentTransfers: 100,
  commandInput: ({ Key }) => ({
    CacheControl: 'max-age=60',
    ContentType: mimeTypes.lookup(Key) || 'application/octet-stream',
  }),
});
