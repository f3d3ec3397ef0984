import type { ErrorCode } from '../../../src/model/error-code.ts';
import type { FaultRule } from '../../support/faults.ts';
import type { Project } from '../../support/project.ts';
import { deny, put } from './row.ts';

/** A deploy that stops after it has written something: told as such, and mended by the next one. */
export interface Stopped {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  /** What the build has become since the first deploy; without it, the first deploy is the one that stops. */
  readonly change?: (project: Project) => void;
  readonly faults?: readonly FaultRule[];
  /** What somebody does while the reply to the announcement is held back. */
  readonly meanwhile?: (project: Project) => Promise<void>;
  readonly args?: readonly string[];
}

const newText = (project: Project) => project.build({ 'about/index.html': 'new', 'index.html': 'new' });

export const stopped: readonly Stopped[] = [
  {
    name: 'an object that appears on a key of ours',
    code: 'E_FOREIGN_OBJECT',
    change: (project) => project.build({ 'new.txt': 'ours' }),
    meanwhile: (project) => put(project, 'new.txt', 'theirs'),
    message: /^new\.txt appeared in the bucket after this deploy was planned/,
  },
  {
    name: 'an object of ours that somebody overwrites',
    code: 'E_STALE',
    change: newText,
    meanwhile: (project) => put(project, 'about/index.html', 'theirs'),
    message: /^about\/index\.html was changed by somebody else/,
  },
  {
    name: 'an object of ours that somebody overwrites before it is deleted',
    code: 'E_STALE',
    change: (project) => project.unbuild('about'),
    meanwhile: (project) => put(project, 'about/index.html', 'theirs'),
    message: /^about\/index\.html changed after this deploy was planned and was not deleted/,
  },
  {
    name: 'a manifest that somebody else writes',
    code: 'E_STALE',
    change: newText,
    meanwhile: (project) => put(project, '.cdnpub/channels/live/manifest', 'theirs'),
    message: /another deploy changed \.cdnpub\/channels\/live\/manifest/,
  },
  {
    name: 'a file that vanishes',
    code: 'E_PARTIAL',
    change: newText,
    meanwhile: async (project) => project.unbuild('about/index.html'),
    message: /^about\/index\.html vanished while it was published/,
  },
  {
    name: 'a file that changes',
    code: 'E_PARTIAL',
    change: newText,
    meanwhile: async (project) => project.build({ 'about/index.html': 'newer' }),
    message: /^about\/index\.html changed while it was published/,
  },
  {
    name: 'an account that AWS must verify first',
    code: 'E_ACCOUNT_UNVERIFIED',
    faults: deny('CreateDistributionWithTags', 403, 'Your account must be verified before you can add resources'),
    message: /must be verified first/,
  },
];
