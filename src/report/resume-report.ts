import type { Target } from '../model/target.ts';
import { row } from './format.ts';

/** What became of a hold that was to be ended. */
export interface ResumeView {
  readonly target: Target;
  /** Id of the live release; null where nothing was finished. */
  readonly release: string | null;
  /** Deploys were held until now. */
  readonly changed: boolean;
}

/** It as programs read it. */
export function resumeObject({ target, release, changed }: ResumeView): object {
  const { site, channel, account, region, bucket } = target;
  return { schema: 1, ok: true, exit: 0, site, channel, account, region, bucket, release, hold: false, changed };
}

/** It for people. */
export const renderResumed = ({ release, changed }: ResumeView): readonly string[] =>
  changed
    ? [row('Resumed', 'deploys go through again', `${release ?? ''} stays live until the next one`)]
    : [row('Resumed', 'nothing was held')];
