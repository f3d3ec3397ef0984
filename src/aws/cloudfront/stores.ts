import { CreateKeyValueStoreCommand, DescribeKeyValueStoreCommand } from '@aws-sdk/client-cloudfront';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { InfraStep } from '../../model/infrastructure.ts';
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

/** An empty store is READY within seconds; asked every second. What an import takes is not documented. */
const pollMs = 1_000;
const polls = { empty: 30, loaded: 300 } as const;

type StoreStep = Extract<InfraStep, { kind: 'createStore' }>;

/** Makes the store, or finds it, and waits until it is READY: a function cannot name it before. */
export async function createStore(context: CloudFrontContext, clock: Clock, step: StoreStep): Promise<Resolved> {
  const { name, load } = step;
  const made = await callCloudFront(context, 'CreateKeyValueStore', `key-value-store/${name}`, async () => {
    const ImportSource = load === null ? undefined : { SourceType: 'S3' as const, SourceARN: load.source };
    try {
      await context.client.send(new CreateKeyValueStoreCommand({ Name: name, Comment: name, ImportSource }));
      return 'made' as const;
    } catch (error) {
      if (awsErrorName(error).name === 'EntityAlreadyExists') return 'found' as const;
      throw error;
    }
  });
  const arn = await untilReady(context, clock, step);
  return { 'store.arn': arn, 'store.loaded': load !== null && made === 'made' ? 'yes' : '' };
}

async function untilReady(context: CloudFrontContext, clock: Clock, { name, load }: StoreStep): Promise<string> {
  const most = polls[load === null ? 'empty' : 'loaded'];
  for (let poll = 0; poll < most; poll++) {
    const store = await findStore(context, name);
    if (store?.status === 'READY') return store.arn;
    if (store !== undefined && store.status !== 'PROVISIONING') throw unusable(name, store);
    await clock.sleep(poll === 0 ? pollMs / 5 : pollMs);
  }
  throw new CdnpubError('E_TIMEOUT', {
    message: `KeyValueStore ${name} was not READY within ${(most * pollMs) / 1000} s`,
    hints: ['run the same command again: it goes on from here'],
  });
}

/** AWS documents that making a store can fail, and why is told by its keys' endpoint, but not what its status is then. */
const unusable = (name: string, { arn, status }: FoundStore): CdnpubError =>
  new CdnpubError('E_SERVICE', {
    message: `KeyValueStore ${name} is ${status || 'without a status'} and cannot be used`,
    hints: [
      `aws cloudfront-keyvaluestore describe-key-value-store --kvs-arn ${arn}    says why`,
      'delete it in CloudFront, then run the same command again',
    ],
  });
