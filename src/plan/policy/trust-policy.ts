import type { GithubSubject } from './parse-subject.ts';

/** The trust policy of a role that GitHub Actions assume without a key. */
export interface TrustPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

const issuer = 'token.actions.githubusercontent.com';

/**
 * Lets the workflows of one repository, on one branch, environment or pull request, assume the role. Repositories made
 * or renamed since 15 July 2026 send their ids with their names (`repo:OWNER@ID/REPO@ID:…`): where the ids are not
 * given, both spellings are let in. Source: GitHub docs, "Configuring OpenID Connect in Amazon Web Services".
 */
export function trustPolicy({
  account,
  partition,
  subject,
}: {
  readonly account: string;
  readonly partition: string;
  readonly subject: GithubSubject;
}): TrustPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition(subject),
      },
    ],
  };
}

function condition({ owner, repository, ids, claim }: GithubSubject): object {
  const audience = { [`${issuer}:aud`]: 'sts.amazonaws.com' };
  const exact = `repo:${owner}/${repository}:${claim}`;
  if (ids === 'given') return { StringEquals: { ...audience, [`${issuer}:sub`]: exact } };
  const withIds = `repo:${owner}@*/${repository}@*:${claim}`;
  return { StringEquals: audience, StringLike: { [`${issuer}:sub`]: [exact, withIds] } };
}
