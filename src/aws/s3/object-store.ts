import type { ObjectStore } from '../../model/ports.ts';
import { copyVersion } from './copy-version.ts';
import { headObject } from './head-object.ts';
import { headVersion } from './head-version.ts';
import { listObjects } from './list-objects.ts';
import { putObject } from './put-object.ts';
import { readNoncurrent } from './read-noncurrent.ts';
import { readObject } from './read-object.ts';
import { removeObjects } from './remove-objects.ts';
import { removeVersions } from './remove-versions.ts';
import { rewriteHeaders } from './rewrite-headers.ts';
import type { S3Context } from './s3-context.ts';

/** The site's folder of a bucket, over the AWS SDK. */
export const objectStore = (context: S3Context): ObjectStore => ({
  serverNow: () => context.serverNow(),
  list: (range) => listObjects(context, range),
  read: (key) => readObject(context, key),
  readNoncurrent: (key) => readNoncurrent(context, key),
  head: (key) => headObject(context, key),
  put: (request) => putObject(context, request),
  rewriteHeaders: (request) => rewriteHeaders(context, request),
  headVersion: (key, versionId) => headVersion(context, key, versionId),
  copyVersion: (request) => copyVersion(context, request),
  removeVersions: (versions) => removeVersions(context, versions),
  remove: (objects) => removeObjects(context, objects),
});
