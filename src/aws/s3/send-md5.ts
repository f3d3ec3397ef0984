import { createHash } from 'node:crypto';

interface Stack {
  add(middleware: unknown, options: object): void;
}

interface Args {
  readonly request: { headers: Readonly<Record<string, string>>; readonly body?: string | Uint8Array };
}

/**
 * Sends Content-MD5 where S3 demands a checksum and the SDK would send its CRC32 (DeleteObjects, settings of a bucket):
 * S3 takes either, and stores that are like S3 know only the older one (aws-sdk-js-v3#6819, #6920).
 */
export function sendMd5(stack: Stack): void {
  const middleware = (next: (args: Args) => Promise<unknown>) => (args: Args) => {
    const { request } = args;
    if ('x-amz-checksum-crc32' in request.headers) {
      const others = Object.entries(request.headers).filter(([name]) => !/^x-amz-(?:sdk-)?checksum-/.test(name));
      const md5 = createHash('md5')
        .update(request.body ?? '')
        .digest('base64');
      request.headers = { ...Object.fromEntries(others), 'content-md5': md5 };
    }
    return next(args);
  };
  // Behind the SDK's own checksums, before the signature.
  stack.add(middleware, { step: 'build', priority: 'low', name: 'sendMd5' });
}
