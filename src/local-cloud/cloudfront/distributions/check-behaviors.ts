import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { findPolicy } from '../policies/find-policy.ts';
import { integerAt, itemsOf, textAt, textsOf } from '../tree.ts';
import { behaviorsOf } from './behaviors-of.ts';
import { checkFunctions } from './check-functions.ts';

/** The rules of the default cache behavior and the ordered ones. */
export function checkBehaviors(call: Call, config: XmlTree, own: string | undefined): void {
  const ordered = itemsOf(xmlChild(config, 'CacheBehaviors'));
  // 75 cache behaviors per distribution [doc cloudfront-limits 2026].
  if (ordered.length > 75) throw cloudFrontFault('TooManyCacheBehaviors');
  checkPatterns(ordered.map((behavior) => textAt(behavior, 'PathPattern')));
  for (const behavior of behaviorsOf(config)) {
    checkTarget(config, behavior);
    checkMethods(behavior);
    checkCaching(behavior);
    checkPolicies(call, behavior);
    checkFunctions(call, behavior, own);
  }
}

/** Patterns differ from each other and have at most 255 characters [cfg23 PathPattern]. */
function checkPatterns(patterns: readonly string[]): void {
  const wrong = patterns.find((pattern) => pattern === '' || pattern.length > 255);
  if (wrong !== undefined) throw cloudFrontFault('InvalidArgument', 'The parameter PathPattern is not valid.');
  if (new Set(patterns).size < patterns.length) {
    throw cloudFrontFault('InvalidArgument', 'Two cache behaviors have the same PathPattern.');
  }
}

/** TargetOriginId is "the value of ID for the origin" or origin group [dts CacheBehavior]. */
function checkTarget(config: XmlTree, behavior: XmlNode): void {
  const targets = [...itemsOf(xmlChild(config, 'Origins')), ...itemsOf(xmlChild(config, 'OriginGroups'))];
  const target = textAt(behavior, 'TargetOriginId');
  if (!targets.some((origin) => textAt(origin, 'Id') === target)) throw cloudFrontFault('NoSuchOrigin');
}

/** "There are three choices": GET and HEAD, these and OPTIONS, or all; two choices of cached ones [dts AllowedMethods]. */
function checkMethods(behavior: XmlNode): void {
  const allowed = [...textsOf(xmlChild(behavior, 'AllowedMethods'))].sort().join();
  const cached = [...textsOf(xmlChild(behavior, 'AllowedMethods', 'CachedMethods'))].sort().join();
  if (!['GET,HEAD', 'GET,HEAD,OPTIONS', 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'].includes(allowed)) {
    throw cloudFrontFault('InvalidArgument', 'The parameter AllowedMethods is not valid.');
  }
  if (
    !['GET,HEAD', 'GET,HEAD,OPTIONS'].includes(cached) ||
    (cached.includes('OPTIONS') && !allowed.includes('OPTIONS'))
  ) {
    throw cloudFrontFault('InvalidArgument', 'The parameter CachedMethods is not valid.');
  }
}

/** "You must include either a CachePolicyId or ForwardedValues" [dts CacheBehavior]; TTLs belong to the latter. */
function checkCaching(behavior: XmlNode): void {
  const legacy = ['ForwardedValues', 'MinTTL', 'DefaultTTL', 'MaxTTL'];
  if (textAt(behavior, 'CachePolicyId') !== '') {
    const extra = legacy.find((name) => xmlChild(behavior, name) !== undefined);
    if (extra === undefined) return;
    const sentence = `The parameter ${extra} cannot be used when a cache policy is associated to the cache behavior.`;
    throw cloudFrontFault('InvalidArgument', sentence);
  }
  const missing = legacy.slice(0, 2).find((name) => xmlChild(behavior, name) === undefined);
  if (missing !== undefined) throw cloudFrontFault('InvalidArgument', `The parameter ${missing} is required.`);
  const [least = 0, usual = 0, most = 0] = ['MinTTL', 'DefaultTTL', 'MaxTTL'].map((name) => integerAt(behavior, name));
  if (least > usual || usual > most) throw cloudFrontFault('InvalidTTLOrder');
}

function checkPolicies(call: Call, behavior: XmlNode): void {
  for (const kind of ['CachePolicy', 'OriginRequestPolicy', 'ResponseHeadersPolicy'] as const) {
    const id = textAt(behavior, `${kind}Id`);
    if (id !== '' && findPolicy(call.cloud.state, kind, id, call.account) === undefined) {
      throw cloudFrontFault(`NoSuch${kind}`);
    }
  }
  // "To use an origin request policy, a cache policy must be attached" [cfg23 controlling-origin-requests].
  if (textAt(behavior, 'OriginRequestPolicyId') !== '' && textAt(behavior, 'CachePolicyId') === '') {
    const sentence = 'The parameter OriginRequestPolicyId cannot be used without a cache policy.';
    throw cloudFrontFault('InvalidArgument', sentence);
  }
}
