import { ServiceFault } from '../../service-fault.ts';

export interface BucketNameQuestion {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** The header `x-amz-bucket-namespace`. */
  readonly namespace: string | undefined;
}

/**
 * Checks a new bucket's name ("General purpose bucket naming rules" and "Namespaces for general purpose buckets").
 * @throws ServiceFault InvalidBucketName, InvalidArgument.
 */
export function checkBucketName({ name, account, region, namespace }: BucketNameQuestion): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || isForbidden(name)) throw invalidName(name);
  if (namespace !== undefined && namespace !== 'global' && namespace !== 'account-regional') {
    throw new ServiceFault(400, 'InvalidArgument', 'Invalid bucket namespace.');
  }
  const isRegional = namespace === 'account-regional';
  if (isRegional && !name.endsWith(`-${account}-${region}-an`)) throw invalidName(name);
  if (isRegional && name.includes('.')) throw invalidName(name);
  if (!isRegional && /-\d{12}-[a-z0-9-]+-an$/.test(name)) throw invalidName(name);
}

function isForbidden(name: string): boolean {
  return (
    name.includes('..') ||
    /^\d+\.\d+\.\d+\.\d+$/.test(name) ||
    /^(?:xn--|sthree-|amzn-s3-demo-)/.test(name) ||
    /(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)
  );
}

function invalidName(BucketName: string): ServiceFault {
  return new ServiceFault(400, 'InvalidBucketName', 'The specified bucket is not valid.', { details: { BucketName } });
}
