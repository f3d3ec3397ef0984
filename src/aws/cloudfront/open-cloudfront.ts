import type { Connection } from '../connect.ts';
import { watchClient } from '../watch-client.ts';
import type { CloudFrontContext } from './cloudfront-context.ts';

/** A client for CloudFront, which is signed for us-east-1 wherever the bucket is. Nothing is sent yet. */
export async function openCloudFront(
  connection: Connection,
  caller: { readonly account: string; readonly principal: string | undefined; readonly partition: string },
): Promise<CloudFrontContext> {
  const { CloudFrontClient } = await import('@aws-sdk/client-cloudfront');
  const client = new CloudFrontClient(connection.clientConfig('cloudfront', 'us-east-1'));
  watchClient(client.middlewareStack as never, connection.gate, (name) => {
    const write = !/^(Get|List|Describe)/.test(name);
    connection.counts.cloudfront[write ? 'write' : 'read']++;
    return { write };
  });
  return { client, ...caller, profile: connection.profile };
}
