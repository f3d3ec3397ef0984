import type { WireResponse } from '../../wire.ts';
import type { XmlTree } from '../../xml.ts';
import { answerXml, isoTime, noContent } from '../answer.ts';
import { bodyOf, type Call, requireMatch } from '../call.ts';
import { checkShape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { behaviorsOf } from '../distributions/behaviors-of.ts';
import { redeploy } from '../distributions/redeploy.ts';
import { pageOf, pageWithoutMarker } from '../page.ts';
import type { Distribution, Policy, PolicyKind } from '../state.ts';
import { textAt } from '../tree.ts';
import { managedPolicies } from './managed-policies.ts';
import { policyKinds } from './policy-kinds.ts';

type Handler = (call: Call) => WireResponse;

/** The six operations of one kind of policies. */
export function policyOperations(kind: PolicyKind): {
  readonly create: Handler;
  readonly get: Handler;
  readonly getConfig: Handler;
  readonly update: Handler;
  readonly remove: Handler;
  readonly list: Handler;
} {
  return {
    create: (call) => create(call, kind),
    get: (call) => answer(find(call, kind)),
    getConfig: (call) => {
      const { config, etag } = find(call, kind);
      return answerXml({ root: `${kind}Config`, tree: config, etag });
    },
    update: (call) => update(call, kind),
    remove: (call) => remove(call, kind),
    list: (call) => list(call, kind),
  };
}

function create(call: Call, kind: PolicyKind): WireResponse {
  const config = readConfig(call, kind);
  const { ids, clock, state } = call.cloud;
  // 20 custom policies of each kind per account [doc cloudfront-limits].
  if (ownedBy(call, kind).length >= 20) throw cloudFrontFault(policyKinds[kind].tooMany);
  const policy = { id: ids.uuid(), kind, account: call.account, etag: ids.resource(), modifiedAt: clock.now(), config };
  state.policies.set(policy.id, policy);
  call.cloud.changed();
  return answer(policy, { status: 201, location: `${policyKinds[kind].path}/${policy.id}` });
}

function update(call: Call, kind: PolicyKind): WireResponse {
  const found = find(call, kind);
  if (found.account === 'managed') throw cloudFrontFault('IllegalUpdate');
  const config = readConfig(call, kind, found.id);
  requireMatch(call, found.etag);
  const { ids, clock, state } = call.cloud;
  const updated = { ...found, config, etag: ids.resource(), modifiedAt: clock.now() };
  state.policies.set(updated.id, updated);
  // CloudFront deploys a distribution again, under a new ETag, when a policy that it uses has changed.
  for (const distribution of usersOf(call, found)) redeploy(call.cloud, distribution);
  call.cloud.changed();
  return answer(updated);
}

/** "Cannot delete the […] policy because it is attached to one or more cache behaviors." Managed ones: IllegalDelete. */
function remove(call: Call, kind: PolicyKind): WireResponse {
  const found = find(call, kind);
  if (found.account === 'managed') throw cloudFrontFault('IllegalDelete');
  requireMatch(call, found.etag);
  if (usersOf(call, found).length > 0) throw cloudFrontFault(`${kind}InUse`);
  call.cloud.state.policies.delete(found.id);
  call.cloud.changed();
  return noContent;
}

/** Managed and custom ones, or those of `Type`. */
function list(call: Call, kind: PolicyKind): WireResponse {
  const type = call.request.query.get('Type');
  if (type !== null && type !== 'managed' && type !== 'custom') throw cloudFrontFault('InvalidArgument');
  const managed = managedPolicies.filter((policy) => policy.kind === kind && type !== 'custom');
  const custom = type === 'managed' ? [] : ownedBy(call, kind);
  const page = pageOf([...managed, ...custom], call.request.query, (policy) => policy.id);
  const tree = pageWithoutMarker(page, `${kind}Summary`, (policy) => ({
    Type: policy.account === 'managed' ? 'managed' : 'custom',
    [kind]: write(policy),
  }));
  return answerXml({ root: policyKinds[kind].list, tree });
}

/** A name is taken once per kind and account (409) [dts]. */
function readConfig(call: Call, kind: PolicyKind, own?: string): XmlTree {
  const rules = policyKinds[kind];
  const given = bodyOf(call, `${kind}Config`);
  checkShape(given, rules.shape, `${kind}Config`);
  const name = textAt(given, 'Name');
  if (name === '') throw cloudFrontFault('InvalidArgument', 'The parameter Name is required.');
  // "The comment cannot be longer than 128 characters." [dts]
  if (textAt(given, 'Comment').length > 128) {
    throw cloudFrontFault('InvalidArgument', 'The parameter Comment is too long.');
  }
  const taken = ownedBy(call, kind).some((other) => other.id !== own && textAt(other.config, 'Name') === name);
  if (taken) throw cloudFrontFault(`${kind}AlreadyExists`);
  const config = rules.fill({ Comment: '', ...given });
  rules.check(config);
  return config;
}

function ownedBy(call: Call, kind: PolicyKind): readonly Policy[] {
  const { policies } = call.cloud.state;
  return [...policies.values()].filter((policy) => policy.kind === kind && policy.account === call.account);
}

function find(call: Call, kind: PolicyKind): Policy {
  const id = call.params.Id ?? '';
  const found = managedPolicies.find((policy) => policy.id === id) ?? call.cloud.state.policies.get(id);
  if (found?.kind !== kind) throw cloudFrontFault(`NoSuch${kind}`);
  if (found.account !== call.account && found.account !== 'managed') throw cloudFrontFault('AccessDenied');
  return found;
}

function usersOf(call: Call, policy: Policy): readonly Distribution[] {
  return [...call.cloud.state.distributions.values()].filter((distribution) =>
    behaviorsOf(distribution.config).some((behavior) => textAt(behavior, `${policy.kind}Id`) === policy.id),
  );
}

function write(policy: Policy): XmlTree {
  return { Id: policy.id, LastModifiedTime: isoTime(policy.modifiedAt), [`${policy.kind}Config`]: policy.config };
}

function answer(policy: Policy, created: { readonly status?: number; readonly location?: string } = {}): WireResponse {
  return answerXml({ root: policy.kind, tree: write(policy), etag: policy.etag, ...created });
}
