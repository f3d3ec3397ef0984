import type { Connection } from '../connect.ts';
import { countClient } from '../count-requests.ts';
import type { CloudFrontContext } from './cloudfront-context.ts';

/** A client for CloudFront, which is signed for us-east-1 wherever the bucket is. Nothing is sent yet. */
export async function openCloudFront(
  connection: Connection,
  caller: { readonly account: string; readonly principal: string | undefined; readonly partition: string },
): Promise<CloudFrontContext> {
  const { CloudFrontClient } = await import('@aws-sdk/client-cloudfront');
  const client = new CloudFrontClient(connection.clientConfig('cloudfront', 'us-east-1'));
  countClient(
    client.middlewareStack as never,
    (name) => connection.counts.cloudfront[/^(Get|List|Describe)/.test(name) ? 'read' : 'write']++,
  );
  return { client, ...caller, profile: connection.profile };
}
