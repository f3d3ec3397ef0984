import type { CoveredPitfall } from './pitfall.ts';

/** Of comparing, uploading and deleting, those that other tests are about. */
export const coveredObjects: readonly CoveredPitfall[] = [
  {
    id: 'D2',
    what: 'touched files are not sent again',
    file: 'e2e/redeploy.test.ts',
    name: 'a second deploy writes nothing, nor does one after every file was touched',
  },
  {
    id: 'D3',
    what: 'headers do not change the ETag, so edges must be told',
    file: 'e2e/redeploy.test.ts',
    name: 'a header rule copies objects in place, and edges forget them',
  },
  {
    id: 'D5',
    what: 'drift is seen by the record and mended',
    file: 'e2e/redeploy.test.ts',
    name: 'an overwritten, a re-headed and a removed object are told and mended',
  },
  {
    id: 'D5',
    what: 'headers are compared by value',
    file: 'e2e/redeploy.test.ts',
    name: 'another machine with the same build finds nothing to do',
  },
  {
    id: 'U2',
    what: 'nothing is emptied first',
    file: 'e2e/order.test.ts',
    name: 'files go up before the pages that need them, removals come last, the record at the very end',
  },
  {
    id: 'U3',
    what: 'requests in flight are bounded, and fewer when S3 asks for it',
    file: 'aws-adapters/limiter.test.ts',
    name: 'a run of throttled replies halves them and pauses all',
  },
  {
    id: 'U4',
    what: 'a partial deploy does not exit 0',
    file: 'e2e/refusals/stopped-rows.ts',
    name: 'a file that changes',
  },
  {
    id: 'U5',
    what: 'nothing exits in the middle of a request',
    file: 'e2e/interrupted.test.ts',
    name: 'while it uploads: what is under way is finished, nothing more is sent, the lock is given back',
  },
  {
    id: 'U6',
    what: 'every failed call reaches the user',
    file: 'e2e/permissions.test.ts',
    name: 'a missing permission is named, with the resource and the principal',
  },
  {
    id: 'X2',
    what: 'an empty folder does not remove the site',
    file: 'e2e/refusals/local-rows.ts',
    name: 'an empty folder',
  },
  {
    id: 'X2',
    what: 'nor a folder without an index',
    file: 'e2e/refusals/local-rows.ts',
    name: 'a folder without an index',
  },
  {
    id: 'X2',
    what: 'nor a build that is half there',
    file: 'e2e/refusals/remote-rows.ts',
    name: 'more than a third of the site gone',
  },
  {
    id: 'X3',
    what: 'DeleteObjects answers 200 with errors in it',
    file: 'e2e/permissions.test.ts',
    name: 'a delete that S3 refuses key by key is told like any other',
  },
];
