import { readFileSync } from 'node:fs';

/** The pull request that a run is about. */
export interface PullRequest {
  readonly number: number;
  /** `pull_request.head.sha`: GITHUB_SHA is a merge that nobody wrote. */
  readonly commit: string;
  /** It comes from another repository, so that the run's token may not write. */
  readonly fork: boolean;
}

interface Event {
  readonly pull_request?: {
    readonly number: number;
    readonly head: { readonly sha: string; readonly repo: { readonly full_name: string } | null };
    readonly base: { readonly repo: { readonly full_name: string } };
  };
}

/** Reads the event of a run; undefined where it is about no pull request. Throws where the file cannot be read. */
export function readPullRequest(eventPath: string | undefined): PullRequest | undefined {
  if (!eventPath) return undefined;
  const { pull_request: found } = JSON.parse(readFileSync(eventPath, 'utf8')) as Event;
  if (found === undefined) return undefined;
  const { number, head, base } = found;
  return { number, commit: head.sha, fork: head.repo?.full_name !== base.repo.full_name };
}
