import type { StoreData } from '../../model/ports.ts';
import type { Connection } from '../connect.ts';
import { describeKeys } from './describe-keys.ts';
import type { KeyValueStoreContext } from './keyvaluestore-context.ts';
import { listKeys } from './list-keys.ts';
import { openKeyValueStore } from './open-keyvaluestore.ts';
import { readKey } from './read-key.ts';
import { writeKeys } from './write-keys.ts';

/** The data of KeyValueStores over the AWS SDK, which the first call loads. */
export function storeData(connection: Connection, caller: { readonly principal: string | undefined }): StoreData {
  let opened: Promise<KeyValueStoreContext> | undefined;
  const open = () => {
    opened ??= openKeyValueStore(connection, caller);
    return opened;
  };
  return {
    describe: async (arn) => describeKeys(await open(), arn),
    read: async (arn, key) => readKey(await open(), arn, key),
    list: async (arn) => listKeys(await open(), arn),
    write: async (request) => writeKeys(await open(), request),
  };
}
