import type { ErrorCode } from '../../../src/model/error-code.ts';
import type { Given } from '../../support/open-bench.ts';
import type { Tree } from '../../support/temp-dir.ts';

/** A deploy whose lock was taken over while it was suspended, and which sends a write of that kind all the same. */
export interface LateWriter {
  readonly name: string;
  /** What it has in its build, and what the deploy that was in time has. */
  readonly late: Tree;
  readonly inTime: Tree;
  readonly lateSettings?: Given['settings'];
  readonly code: ErrorCode;
  /** What must then hold what the deploy in time wrote. */
  readonly key: string;
}

export const lateWriters: readonly LateWriter[] = [
  {
    // Without: write-objects.ts, upload: no condition for a change.
    name: 'an overwrite',
    ...{ late: { 'about/index.html': 'late' }, inTime: { 'about/index.html': 'in time' } },
    ...{ code: 'E_STALE', key: 'about/index.html' },
  },
  {
    // Without: write-objects.ts, upload: no condition for an add.
    name: 'an add',
    ...{ late: { 'new.html': 'late' }, inTime: { 'new.html': 'in time' } },
    ...{ code: 'E_FOREIGN_OBJECT', key: 'new.html' },
  },
  {
    // Without: remove-objects.ts in src/aws/s3: Objects without ETag.
    name: 'a delete',
    ...{ late: { 'about/index.html': '' }, inTime: { 'about/index.html': 'in time' } },
    ...{ code: 'E_STALE', key: 'about/index.html' },
  },
  {
    // Without: rewrite-headers.ts: neither CopySourceIfMatch nor the condition.
    name: 'new headers',
    ...{ late: {}, inTime: { 'style.css': 'in time' }, code: 'E_STALE', key: 'style.css' },
    lateSettings: { headers: [{ match: '*.css', set: { 'cache-control': 'late' }, unset: [] }] },
  },
  {
    // Without: commit.ts: the manifest written over the ETag that it has by then, not over the one that was read.
    name: 'the manifest',
    ...{ late: { 'about/index.html': 'late' }, inTime: { 'team/index.html': 'in time' } },
    ...{ code: 'E_STALE', key: 'team/index.html' },
  },
];
