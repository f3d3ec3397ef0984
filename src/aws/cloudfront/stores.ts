import { CreateKeyValueStoreCommand, DescribeKeyValueStoreCommand } from '@aws-sdk/client-cloudfront';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { Clock } from '../../model/ports.ts';
import type { Resolved } from '../../model/ref.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';

interface FoundStore {
  readonly arn: string;
  readonly status: string;
}

/** The site's KeyValueStore, or undefined where there is none. */
export async function findStore(context: CloudFrontContext, name: string): Promise<FoundStore | undefined> {
  return callCloudFront(context, 'DescribeKeyValueStore', `key-value-store/${name}`, async () => {
    try {
      const { KeyValueStore } = await context.client.send(new DescribeKeyValueStoreCommand({ Name: name }));
      return { arn: present(KeyValueStore?.ARN, "the store's ARN"), status: KeyValueStore?.Status ?? '' };
    } catch (error) {
      if (awsErrorName(error).name === 'EntityNotFound') return undefined;
      throw error;
    }
  });
}

/** A store is READY within seconds; asked every second for half a minute. */
const pollMs = 1_000;
const polls = 30;

/** Makes the store, or finds it, and waits until it is READY: a function cannot name it before. */
export async function createStore(context: CloudFrontContext, clock: Clock, name: string): Promise<Resolved> {
  await callCloudFront(context, 'CreateKeyValueStore', `key-value-store/${name}`, async () => {
    try {
      await context.client.send(new CreateKeyValueStoreCommand({ Name: name, Comment: name }));
    } catch (error) {
      if (awsErrorName(error).name !== 'EntityAlreadyExists') throw error;
    }
  });
  for (let poll = 0; poll < polls; poll++) {
    const store = await findStore(context, name);
    if (store?.status === 'READY') return { 'store.arn': store.arn };
    await clock.sleep(poll === 0 ? pollMs / 5 : pollMs);
  }
  throw new CdnpubError('E_TIMEOUT', {
    message: `KeyValueStore ${name} was not READY within ${(polls * pollMs) / 1000} s`,
    hints: ['run the same command again: it goes on from here'],
  });
}
