import type { PolicyStatement } from '../../model/infrastructure.ts';
import type { Value } from '../../model/ref.ts';
import { stateFolder } from '../../model/state-keys.ts';
import type { Target } from '../../model/target.ts';

/**
 * The site's statements in the bucket policy; each Sid ends in the site's id, so that several sites can share a bucket.
 * The distribution alone may read the site's folder, and may ask whether a key exists: without ListBucket a missing key
 * would be a 403. The state folder is closed to every principal outside the account, the distribution included.
 */
export function bucketPolicy(target: Target, siteId: string, distributionArn: Value): readonly PolicyStatement[] {
  const bucketArn = `arn:${target.partition}:s3:::${target.bucket}`;
  const reader = {
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Condition: { StringEquals: { 'AWS:SourceArn': distributionArn } },
  } as const;
  return [
    { Sid: `CdnpubRead${siteId}`, ...reader, Action: 's3:GetObject', Resource: `${bucketArn}/${target.prefix}*` },
    { Sid: `CdnpubList${siteId}`, ...reader, Action: 's3:ListBucket', Resource: bucketArn },
    stateStatement(target, siteId),
  ];
}

/** Closes the state folder to every principal outside the account. */
export const stateStatement = (target: Target, siteId: string): PolicyStatement => ({
  Sid: `CdnpubState${siteId}`,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:${target.partition}:s3:::${target.bucket}/${target.prefix}${stateFolder}*`,
  Condition: { StringNotEquals: { 'aws:PrincipalAccount': target.account ?? '' } },
});

/** Whether the policy holds the site's statements word for word. */
export function holdsPolicy(policy: readonly { readonly Sid?: string }[], wanted: readonly PolicyStatement[]): boolean {
  const there = new Map(policy.map((statement) => [statement.Sid, canonical(statement)]));
  return wanted.every((statement) => there.get(statement.Sid) === canonical(statement));
}

/** A value as text in which the order of names and one-element lists make no difference, as for AWS. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, inner]) => `${name}:${canonical(inner)}`);
  return `{${entries.sort().join()}}`;
}
