import { DescribeKeyValueStoreCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { callStore, type KeyValueStoreContext } from './keyvaluestore-context.ts';

/** ETag of a store's keys, which is another than that of the store as a resource. */
export async function describeKeys(context: KeyValueStoreContext, arn: string): Promise<{ readonly etag: string }> {
  const { ETag: etag } = await callStore(context, 'DescribeKeyValueStore', arn, () =>
    context.client.send(new DescribeKeyValueStoreCommand({ KvsARN: arn })),
  );
  if (etag === undefined) throw new Error('the KeyValueStore answered without an ETag');
  return { etag };
}
