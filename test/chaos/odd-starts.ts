import { randomBytes } from 'node:crypto';
import { PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { channelKeys } from '../../src/model/state-keys.ts';
import { encrypt, type Hand, makeBucket, purgeAll, put, putInParts, rehead, remove, removeAll } from './hand.ts';
import type { Build } from './render-site.ts';

const state = channelKeys('live');
const page = 'about/index.html';

/** A bucket that is not as a deploy left it. */
export interface OddStart {
  readonly name: string;
  /** Whether the first build is live before somebody meddles. */
  readonly stands: boolean;
  readonly meddle: (hand: Hand) => Promise<unknown>;
  /** Keys that are nobody's afterwards: without a record, or with somebody else's hand on it, nothing is deleted. */
  readonly mayStay?: readonly string[];
  /** What no deploy can set right. */
  readonly lasting?: RegExp;
}

/** `one` is the build that is live before, where one is. */
export const oddStarts = (one: Build): readonly OddStart[] => [
  {
    name: 'somebody’s bucket with objects on our keys',
    stands: false,
    meddle: async (hand) => {
      await makeBucket(hand);
      await put(hand, 'index.html', 'theirs', { ContentType: 'text/html' });
      await put(hand, page, one.files[page] ?? '', { ContentType: 'text/plain' });
      await putInParts(hand, 'logo.svg', one.files['logo.svg'] ?? '');
    },
    mayStay: ['logo.svg'],
  },
  {
    name: 'somebody’s bucket with versions and delete markers',
    stands: false,
    meddle: async (hand) => {
      await makeBucket(hand);
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await hand.client.send(new PutBucketVersioningCommand({ Bucket: hand.Bucket, VersioningConfiguration }));
      await put(hand, page, 'theirs');
      await remove(hand, page);
      await put(hand, 'index.html', one.files['index.html'] ?? '');
    },
  },
  {
    name: 'other bytes, other headers, deleted and copied objects',
    stands: true,
    meddle: async (hand) => {
      await put(hand, 'index.html', 'theirs', { ContentType: 'text/html' });
      await rehead(hand, page);
      await rehead(hand, 'logo.svg');
      await remove(hand, 'style.css');
      await putInParts(hand, 'contact.html', one.files['contact.html'] ?? '');
    },
    mayStay: ['logo.svg'],
  },
  { name: 'no manifest', stands: true, meddle: (hand) => remove(hand, state.manifest) },
  { name: 'a garbled manifest', stands: true, meddle: (hand) => put(hand, state.manifest, randomBytes(300)) },
  {
    name: 'neither manifest nor releases, but their versions',
    stands: true,
    meddle: async (hand) => {
      await removeAll(hand, state.releases);
      await remove(hand, state.manifest);
    },
    lasting: /^the manifest names release .* which is not there$/,
  },
  {
    name: 'neither manifest nor releases',
    stands: true,
    meddle: async (hand) => {
      await purgeAll(hand, state.releases);
      await purgeAll(hand, state.manifest);
    },
    mayStay: Object.keys(one.files),
  },
  {
    name: 'a garbled manifest and garbled releases, and objects of other bytes',
    stands: true,
    meddle: async (hand) => {
      await purgeAll(hand, state.releases);
      await put(hand, `${state.releases}r-99999999-000000-000000`, randomBytes(40));
      await purgeAll(hand, state.manifest);
      await put(hand, state.manifest, 'x');
      await put(hand, 'style.css', 'theirs');
    },
    mayStay: Object.keys(one.files),
  },
  {
    name: 'objects that somebody encrypted',
    stands: true,
    meddle: async (hand) => {
      for (const key of ['index.html', page, 'logo.svg']) await encrypt(hand, key);
    },
    mayStay: ['logo.svg'],
  },
  { name: 'a garbled lock that has run out', stands: true, meddle: (hand) => put(hand, state.lock, 'x') },
  {
    name: 'no state at all',
    stands: true,
    meddle: (hand) => purgeAll(hand, '.cdnpub/channels/'),
    mayStay: Object.keys(one.files),
  },
];
