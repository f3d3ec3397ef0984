import type { Connection } from './connect.ts';

/** The region that flags, environment or profile name, or undefined. CloudFront itself is always signed for us-east-1. */
export async function findRegion(connection: Connection): Promise<string | undefined> {
  if (connection.region !== null) return connection.region;
  const { STSClient } = await import('@aws-sdk/client-sts');
  const { region: _, ...config } = connection.clientConfig('sts', '');
  const client = new STSClient(config);
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}
