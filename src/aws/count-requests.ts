/** Requests sent, by kind, every attempt counted. */
export interface RequestCounts {
  readonly s3: { list: number; get: number; head: number; put: number; copy: number; delete: number; other: number };
  readonly cloudfront: { read: number; write: number };
  readonly kvs: { read: number; write: number };
}

/** Starts counting at nothing. */
export const countRequests = (): RequestCounts => ({
  s3: { list: 0, get: 0, head: 0, put: 0, copy: 0, delete: 0, other: 0 },
  cloudfront: { read: 0, write: 0 },
  kvs: { read: 0, write: 0 },
});

/** Under which heading an S3 command counts. */
export function s3Kind(commandName: string): keyof RequestCounts['s3'] {
  if (commandName.startsWith('ListObjects')) return 'list';
  if (commandName === 'GetObjectCommand') return 'get';
  if (commandName === 'HeadObjectCommand') return 'head';
  if (commandName === 'PutObjectCommand' || commandName === 'UploadPartCommand') return 'put';
  if (commandName === 'CopyObjectCommand') return 'copy';
  return commandName === 'DeleteObjectCommand' || commandName === 'DeleteObjectsCommand' ? 'delete' : 'other';
}
