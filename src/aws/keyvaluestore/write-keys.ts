import { UpdateKeysCommand } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { cutIntoBatches, type KeyChanges } from './cut-into-batches.ts';
import { describeKeys } from './describe-keys.ts';
import { callStore, type KeyValueStoreContext } from './keyvaluestore-context.ts';
import { listKeys } from './list-keys.ts';

export interface WriteRequest extends KeyChanges {
  readonly arn: string;
  /** What the plan saw; undefined for a store that was just made. */
  readonly etag: string | undefined;
}

/** What a store was left at. */
export interface WrittenKeys {
  readonly etag: string;
  /** Nobody else wrote to the store meanwhile, so that it holds what the plan saw and what was written, and nothing else. */
  readonly alone: boolean;
}

/** Ours: so often others may come in between before the run ends. */
const mostConflicts = 5;

/**
 * Writes keys over the ETag that the store was last seen at, each call over the one that the call before it left.
 * Another's write in between, or a reply of our own that was lost, makes the store be read, and what is still missing
 * be written over what was found. Throws `E_STALE` where others never stop.
 */
export async function writeKeys(context: KeyValueStoreContext, request: WriteRequest): Promise<WrittenKeys> {
  const { arn } = request;
  let etag = request.etag ?? (await describeKeys(context, arn)).etag;
  let changes: KeyChanges = request;
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts++) {
    const written = await writeBatches(context, { ...changes, arn, etag });
    if (written !== undefined) return { etag: written, alone: conflicts === 0 };
    // Read before the keys: a write between the two makes the next attempt a conflict again.
    etag = (await describeKeys(context, arn)).etag;
    changes = stillMissing(request, await listKeys(context, arn));
  }
  throw new CdnpubError('E_STALE', {
    message: `the KeyValueStore ${arn} is being changed by somebody else`,
    hints: ['run the same command again: it plans anew'],
  });
}

/** The ETag after the last batch, or undefined where the store is not at the one before it. */
async function writeBatches(
  context: KeyValueStoreContext,
  { arn, etag, ...changes }: WriteRequest & { readonly etag: string },
): Promise<string | undefined> {
  let current: string | undefined = etag;
  for (const batch of cutIntoBatches(changes)) {
    current = await writeBatch(context, { arn, etag: current, ...batch });
    if (current === undefined) return undefined;
  }
  return current;
}

async function writeBatch(
  context: KeyValueStoreContext,
  { arn, etag, puts, deletes }: WriteRequest,
): Promise<string | undefined> {
  const Puts = [...puts].map(([Key, Value]) => ({ Key, Value }));
  const Deletes = deletes.map((Key) => ({ Key }));
  return callStore(context, 'UpdateKeys', arn, async () => {
    try {
      const request = new UpdateKeysCommand({ KvsARN: arn, IfMatch: etag, Puts, Deletes });
      return (await context.client.send(request)).ETag;
    } catch (error) {
      if (isConflict(error)) return undefined;
      throw error;
    }
  });
}

const isConflict = (error: unknown): boolean => {
  const { name, status } = awsErrorName(error);
  return name === 'ConflictException' || status === 412;
};

const stillMissing = ({ puts, deletes }: KeyChanges, there: ReadonlyMap<string, string>): KeyChanges => ({
  puts: new Map([...puts].filter(([key, value]) => there.get(key) !== value)),
  deletes: deletes.filter((key) => there.has(key)),
});
