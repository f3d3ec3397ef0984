import { CdnpubError } from '../model/cdnpub-error.ts';
import { callAws } from './call-aws.ts';
import type { Connection } from './connect.ts';
import { prepareClient } from './prepare-client.ts';
import { awsErrorName } from './tell-aws-error.ts';

/** Who the credentials belong to. */
export interface Identity {
  /** Twelve digits, or null where the endpoint has no STS. */
  readonly account: string | null;
  /** ARN of the caller, for messages. */
  readonly principal: string | undefined;
  readonly partition: string;
}

const unknown: Identity = { account: null, principal: undefined, partition: 'aws' };

/** Asks STS who the caller is. Throws `E_CREDENTIALS`, `E_EXPIRED`, `E_NETWORK`, and `E_PARTITION` outside of `aws`. */
export async function identify(connection: Connection, region: string): Promise<Identity> {
  if (!connection.hasSts) return unknown;
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient(connection.clientConfig('sts', region));
  // Who calls is asked before there is anything to guard; it is no request of S3's or CloudFront's and is not counted.
  const renewCredentials = prepareClient(client, connection.sending, () => ({ write: false }));
  const context = {
    ...{ sending: connection.sending, renewCredentials, limit: undefined },
    action: 'sts:GetCallerIdentity',
    resource: 'the caller',
    principal: undefined,
    profile: connection.profile,
  };
  try {
    const answer = await callAws(context, () => client.send(new GetCallerIdentityCommand({})));
    const partition = answer.Arn?.split(':')[1] ?? 'aws';
    return { account: answer.Account ?? null, principal: answer.Arn, partition };
  } catch (error) {
    const { status } = awsErrorName(error instanceof CdnpubError ? error.cause : error);
    if (connection.customEndpoint && (status === 404 || status === 501)) return unknown;
    throw error;
  } finally {
    client.destroy();
  }
}
