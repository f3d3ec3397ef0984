import type { IamPolicy, PolicyPlace } from '../plan/policy/role-policy.ts';
import type { TrustPolicy } from '../plan/policy/trust-policy.ts';
import { row } from './format.ts';

export interface PolicyReport {
  readonly place: PolicyPlace;
  readonly policies: { readonly setup: IamPolicy; readonly deploy: IamPolicy; readonly trust?: TrustPolicy };
  readonly warnings: readonly string[];
}

export type PolicyName = keyof PolicyReport['policies'];

/** The object that `--json` prints. */
export const policyObject = ({ place, policies, warnings }: PolicyReport): object => ({
  ...{ schema: 1, ok: true, exit: 0, site: place.site, account: place.account, bucket: place.bucket },
  distribution: place.published?.distributionId ?? null,
  policies,
  warnings,
});

/** The policies as IAM takes them: one, or all of them by name. */
export const renderPolicies = ({ policies }: PolicyReport, name: PolicyName | undefined): readonly string[] =>
  JSON.stringify(name === undefined ? policies : policies[name], null, 2).split('\n');

/** What the policies are for, and what to do with them. */
export function renderPolicyNotes({ place, policies, warnings }: PolicyReport): readonly string[] {
  const { site, account, bucket, published } = place;
  const ids = published === null ? 'not published: patterns stand for its ids; print them again afterwards' : '';
  return [
    row('Site', `${site} · account ${account} · bucket ${bucket}`, ids),
    row('setup', 'makes and alters what stands around the files: for the first deploy, and what asks for a yes'),
    row('deploy', 'publishes, rolls back and invalidates: for CI'),
    ...(policies.trust === undefined ? [] : [row('trust', 'who may assume the deploy role')]),
    ...warnings.map((warning) => `  ! ${warning}`),
  ];
}
