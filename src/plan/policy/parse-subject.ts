import { CdnpubError } from '../../model/cdnpub-error.ts';

/** Whose workflows may assume a role. */
export interface GithubSubject {
  /** `octocat`, or `octocat@123456`. */
  readonly owner: string;
  readonly repository: string;
  readonly ids: 'given' | 'unknown';
  /** What the token says behind the repository: `ref:refs/heads/main`, `environment:production`, `pull_request`. */
  readonly claim: string;
}

/**
 * Reads `OWNER/REPO`, perhaps with `:ref:refs/heads/BRANCH`, `:environment:NAME` or `:pull_request` behind it; without
 * it is the branch main. Nothing in it may be a wildcard. Throws `E_USAGE`.
 */
export function parseSubject(text: string): GithubSubject {
  // GitHub: names hold letters, digits, `-`, `_` and `.`; ids are numbers.
  const found = /^([\w-]+)(@\d+)?\/([\w.-]+)(@\d+)?(?::(.+))?$/.exec(text);
  const [, owner = '', ownerId, repository = '', repositoryId, claim = 'ref:refs/heads/main'] = found ?? [];
  const isClaim = /^(?:ref:refs\/(?:heads|tags)\/[^\s*?:]+|environment:[^\s*?:]+|pull_request)$/.test(claim);
  if (found === null || !isClaim || (ownerId === undefined) !== (repositoryId === undefined)) throw unreadable(text);
  return {
    owner: `${owner}${ownerId ?? ''}`,
    repository: `${repository}${repositoryId ?? ''}`,
    ids: ownerId === undefined ? 'unknown' : 'given',
    claim,
  };
}

const unreadable = (text: string): CdnpubError =>
  new CdnpubError('E_USAGE', {
    message: `--oidc ${text} names no repository`,
    hints: [
      '--oidc OWNER/REPO for the branch main',
      '--oidc OWNER/REPO:ref:refs/heads/BRANCH, :environment:NAME or :pull_request',
      '--oidc OWNER@ID/REPO@ID where the repository’s tokens carry ids',
    ],
  });
