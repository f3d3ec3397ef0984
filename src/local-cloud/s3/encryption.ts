import { ServiceFault } from '../service-fault.ts';
import { type XmlNode, xmlText } from '../xml.ts';
import type { BucketContext } from './s3-context.ts';
import { notImplemented } from './s3-context.ts';

const header = 'x-amz-server-side-encryption';
const keyHeader = 'x-amz-server-side-encryption-aws-kms-key-id';

/**
 * The encryption headers of an object that is written: what the request asks for, else the bucket's default, else SSE-S3.
 * Nothing is encrypted here; what it decides is whether the ETag is an MD5.
 */
export function encryptionOf({ request, bucket }: BucketContext): Readonly<Record<string, string>> {
  if ('x-amz-server-side-encryption-customer-algorithm' in request.headers) throw notImplemented();
  const defaults = bucket.settings.documents.encryption as XmlNode | undefined;
  const rule = ['Rule', 'ApplyServerSideEncryptionByDefault'] as const;
  const asked = request.headers[header];
  const algorithm = asked ?? xmlText(defaults, ...rule, 'SSEAlgorithm') ?? 'AES256';
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm)) {
    throw new ServiceFault(400, 'InvalidArgument', 'The encryption method specified is not supported');
  }
  if (algorithm === 'AES256') return { [header]: algorithm };
  const key = request.headers[keyHeader] ?? (asked ? undefined : xmlText(defaults, ...rule, 'KMSMasterKeyID'));
  return { [header]: algorithm, ...(key === undefined ? {} : { [keyHeader]: key }) };
}
