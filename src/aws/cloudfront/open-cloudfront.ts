import type { Connection } from '../connect.ts';
import { prepareClient } from '../prepare-client.ts';
import type { CloudFrontContext } from './cloudfront-context.ts';

/** A client for CloudFront, which is signed for us-east-1 wherever the bucket is. Nothing is sent yet. */
export async function openCloudFront(
  connection: Connection,
  caller: { readonly account: string; readonly principal: string | undefined; readonly partition: string },
): Promise<CloudFrontContext> {
  const { CloudFrontClient } = await import('@aws-sdk/client-cloudfront');
  const client = new CloudFrontClient(connection.clientConfig('cloudfront', 'us-east-1'));
  const renewCredentials = prepareClient(client, connection.sending, (name) => {
    const write = !/^(Get|List|Describe|Test)/.test(name);
    connection.counts.cloudfront[write ? 'write' : 'read']++;
    return { write };
  });
  const { profile, sending } = connection;
  return { client, ...caller, profile, sending, renewCredentials };
}
