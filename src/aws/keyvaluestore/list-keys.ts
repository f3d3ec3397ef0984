import { ListKeysCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { callStore, type KeyValueStoreContext } from './keyvaluestore-context.ts';

/** ListKeys gives at most 50 keys a page. */
const pageSize = 50;

/** All keys of a store with their values. Slow for a large store: only where nothing else tells what it holds. */
export async function listKeys(context: KeyValueStoreContext, arn: string): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  let token: string | undefined;
  do {
    const next = token === undefined ? {} : { NextToken: token };
    const page = await callStore(context, 'ListKeys', arn, () =>
      context.client.send(new ListKeysCommand({ KvsARN: arn, MaxResults: pageSize, ...next })),
    );
    for (const { Key, Value } of page.Items ?? []) if (Key !== undefined) keys.set(Key, Value ?? '');
    token = page.NextToken;
  } while (token !== undefined);
  return keys;
}
