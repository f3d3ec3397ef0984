import type { Connection } from '../connect.ts';
import { prepareClient } from '../prepare-client.ts';
import type { KeyValueStoreContext } from './keyvaluestore-context.ts';

/**
 * A client for the data plane of KeyValueStores, which signs with SigV4a for all regions at once. Few deploys touch a
 * store, so it is loaded by the first call. Nothing is sent yet.
 */
export async function openKeyValueStore(
  connection: Connection,
  { principal }: { readonly principal: string | undefined },
): Promise<KeyValueStoreContext> {
  const [{ CloudFrontKeyValueStoreClient }] = await Promise.all([
    import('@aws-sdk/client-cloudfront-keyvaluestore'),
    // Registers the signer; the SDK looks for it when the first request is signed.
    import('@aws-sdk/signature-v4a'),
  ]);
  const client = new CloudFrontKeyValueStoreClient(connection.clientConfig('cloudfront_keyvaluestore', 'us-east-1'));
  const renewCredentials = prepareClient(client, connection.sending, (name) => {
    const write = !/^(Get|List|Describe)/.test(name);
    connection.counts.kvs[write ? 'write' : 'read']++;
    return { write };
  });
  const { profile, sending } = connection;
  return { client, principal, profile, sending, renewCredentials };
}
