import type { ObjectStore } from '../../model/ports.ts';
import { headObject } from './head-object.ts';
import { listObjects } from './list-objects.ts';
import { putObject } from './put-object.ts';
import { readObject } from './read-object.ts';
import { removeObjects } from './remove-objects.ts';
import { rewriteHeaders } from './rewrite-headers.ts';
import type { S3Context } from './s3-context.ts';

/** The site's folder of a bucket, over the AWS SDK. */
export const objectStore = (context: S3Context): ObjectStore => ({
  list: (range) => listObjects(context, range),
  read: (key) => readObject(context, key),
  head: (key) => headObject(context, key),
  put: (request) => putObject(context, request),
  rewriteHeaders: (request) => rewriteHeaders(context, request),
  remove: (objects) => removeObjects(context, objects),
});
