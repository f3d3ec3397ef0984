import type { Manage } from '../../model/target.ts';
import { type Permission, type PolicyResource, permissions, type Role } from './permissions.ts';

/** Where a site's resources are, as far as it is known. */
export interface PolicyPlace {
  readonly partition: string;
  readonly account: string;
  readonly bucket: string;
  /** Folder in the bucket: empty, or ending in `/`. */
  readonly prefix: string;
  readonly site: string;
  readonly cdn: boolean;
  readonly manage: Manage;
  /** Null while the site was not published, or cannot be looked at: then names stand for ids. */
  readonly published: {
    readonly siteId: string;
    readonly distributionId: string | null;
    readonly storeArn: string | null;
  } | null;
}

/** A policy of an IAM role. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly IamStatement[];
}

export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

/**
 * The least that a role needs for this site: a statement for each kind of resource. The set-up role may do what the
 * deploy role may, and make and alter what stands around the files; it names no ids, since it may make things anew.
 */
export function rolePolicy(role: Role, place: PolicyPlace): IamPolicy {
  const granted = permissions.filter(
    (permission) => (permission.role === 'deploy' || permission.role === role) && concerns(permission, place),
  );
  const Statement = statements.flatMap(({ on, sid }) => {
    const Action = [...new Set(granted.filter((each) => each.on === on).map(({ action }) => action))].sort();
    return Action.length === 0
      ? []
      : [{ Sid: sid, Effect: 'Allow' as const, Action, Resource: resources[on](place, role) }];
  });
  return { Version: '2012-10-17', Statement };
}

/** Where the infrastructure is somebody else's, its distribution is looked at and invalidated, and nothing is made. */
function concerns({ site, on, role, operation }: Permission, { cdn, manage }: PolicyPlace): boolean {
  if (manage === 'all') return site === 'any' || (cdn && site === 'with a distribution');
  if (role === 'setup') return operation === 's3 GetBucketTagging';
  return site === 'any' || (cdn && (on === 'distribution' || site === 'with a distribution of others'));
}

const statements: readonly { readonly on: PolicyResource; readonly sid: string }[] = [
  { on: 'bucket', sid: 'Bucket' },
  { on: 'objects', sid: 'Objects' },
  { on: 'distribution', sid: 'Distribution' },
  { on: 'new distribution', sid: 'NewDistribution' },
  { on: 'function', sid: 'EdgeFunction' },
  { on: 'control store', sid: 'Store' },
  { on: 'store', sid: 'StoreKeys' },
  { on: 'account', sid: 'Account' },
];

const cloudFrontArn = ({ partition, account }: PolicyPlace, path: string): string =>
  `arn:${partition}:cloudfront::${account}:${path}`;

const bucketArn = ({ partition, bucket }: PolicyPlace): string => `arn:${partition}:s3:::${bucket}`;

/** The site's id, which is part of the names of its resources, is ten letters and digits. */
const anyId = '?'.repeat(10);

const resources: Readonly<Record<PolicyResource, (place: PolicyPlace, role: Role) => string>> = {
  bucket: bucketArn,
  objects: (place) => `${bucketArn(place)}/${place.prefix}*`,
  distribution: (place, role) => {
    const id = role === 'deploy' ? place.published?.distributionId : undefined;
    return cloudFrontArn(place, `distribution/${id ?? '*'}`);
  },
  'new distribution': (place) => cloudFrontArn(place, 'distribution/*'),
  function: (place) => cloudFrontArn(place, `function/cdnpub-${place.site}-${place.published?.siteId ?? anyId}-*`),
  // Which of a store's name and id its control plane is judged by is not documented.
  'control store': (place) => cloudFrontArn(place, 'key-value-store/*'),
  store: (place, role) =>
    (role === 'deploy' ? place.published?.storeArn : undefined) ?? cloudFrontArn(place, 'key-value-store/*'),
  // Lists, and what all sites of an account share: no resource in particular.
  account: () => '*',
};
