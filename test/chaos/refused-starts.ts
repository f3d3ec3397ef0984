import { gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../src/model/error-code.ts';
import { channelKeys, siteRecordKey } from '../../src/model/state-keys.ts';
import { s3Client } from '../support/s3-client.ts';
import { type Hand, makeBucket, put } from './hand.ts';
import type { World } from './open-world.ts';

const state = channelKeys('live');

/** A bucket that a deploy must leave as it is. */
export interface Refused {
  readonly name: string;
  readonly code: ErrorCode;
  readonly stands: boolean;
  readonly meddle: (hand: Hand, world: World) => Promise<unknown>;
  /** Where the deploy is sent, if not to the site's own bucket. */
  readonly bucket?: string;
}

const newer = '{"schema":99}\n';

export const refusedStarts: readonly Refused[] = [
  {
    name: 'a newer manifest',
    code: 'E_NEWER_STATE',
    stands: true,
    meddle: (hand) => put(hand, state.manifest, gzipSync('{"schema":99,"headerSets":[],"count":0}\n')),
  },
  {
    name: 'a newer site record',
    code: 'E_NEWER_STATE',
    stands: true,
    meddle: (hand) => put(hand, siteRecordKey, newer),
  },
  {
    name: 'a newer announcement',
    code: 'E_NEWER_STATE',
    stands: true,
    meddle: (hand) => put(hand, state.announcement('r-x'), newer),
  },
  {
    name: 'a garbled site record',
    code: 'E_FOREIGN_BUCKET',
    stands: true,
    meddle: (hand) => put(hand, siteRecordKey, 'x'),
  },
  {
    name: 'another site’s record',
    code: 'E_FOREIGN_BUCKET',
    stands: true,
    meddle: (hand) =>
      put(hand, siteRecordKey, '{"schema":1,"siteId":"zzzzzzzzzz","site":"blog","generation":1,"distribution":null}'),
  },
  {
    name: 'another account’s bucket',
    code: 'E_FOREIGN_BUCKET',
    stands: false,
    bucket: 'somebody-elses',
    meddle: async (_, world) => {
      const client = s3Client(world, { accessKeyId: 'AKIASTRANGER00000000' });
      await makeBucket({ client, Bucket: 'somebody-elses' });
      client.destroy();
    },
  },
];
