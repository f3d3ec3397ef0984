import { GetKeyCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { awsErrorName } from '../tell-aws-error.ts';
import { callStore, type KeyValueStoreContext } from './keyvaluestore-context.ts';

/** The value of one key, or undefined where there is none. */
export function readKey(context: KeyValueStoreContext, arn: string, key: string): Promise<string | undefined> {
  return callStore(context, 'GetKey', arn, async () => {
    try {
      return (await context.client.send(new GetKeyCommand({ KvsARN: arn, Key: key }))).Value;
    } catch (error) {
      if (awsErrorName(error).name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  });
}
