import { BlockList } from 'node:net';
import type { Caller } from '../wire.ts';
import type {
  ConditionOperator,
  Listed,
  PolicyCondition,
  PolicyDocument,
  PolicyPrincipals,
  PolicyStatement,
} from './policy-document.ts';
import { isWildcardMatch } from './wildcard.ts';

export interface PolicyQuestion {
  readonly caller: Caller;
  /** `s3:GetObject`. */
  readonly action: string;
  /** `arn:aws:s3:::B` or `arn:aws:s3:::B/KEY`. */
  readonly resource: string;
  /** Condition keys in lower case; a key that is missing here is missing in the request. */
  readonly context: Readonly<Record<string, string>>;
}

/** What a bucket policy says to a request: an explicit Deny wins, `none` where no statement speaks of it. */
export function evaluatePolicy(policy: PolicyDocument, question: PolicyQuestion): 'allow' | 'deny' | 'none' {
  const effects = policy.statements.filter((each) => isStatementFor(each, question)).map((each) => each.effect);
  if (effects.includes('Deny')) return 'deny';
  return effects.includes('Allow') ? 'allow' : 'none';
}

function isStatementFor(statement: PolicyStatement, question: PolicyQuestion): boolean {
  return (
    isPrincipalIn(statement.principals, question.caller) &&
    isListed(statement.actions, question.action, 'any-case') &&
    isListed(statement.resources, question.resource, 'exact-case') &&
    statement.conditions.every((condition) => isConditionMet(condition, question.context[condition.key]))
  );
}

function isListed(list: Listed, value: string, letters: 'any-case' | 'exact-case'): boolean {
  const fold = (text: string) => (letters === 'any-case' ? text.toLowerCase() : text);
  return list.items.some((pattern) => isWildcardMatch(fold(pattern), fold(value))) !== list.not;
}

function isPrincipalIn(principals: PolicyPrincipals, caller: Caller): boolean {
  const found = principals.items.some(({ kind, name }) => {
    if (kind === 'everyone') return true;
    if (kind === 'Service') return caller.kind === 'service' && caller.service === name;
    if (kind !== 'AWS' || caller.kind !== 'account') return false;
    return name === caller.account || name === caller.arn || name === `arn:aws:iam::${caller.account}:root`;
  });
  return found !== principals.not;
}

/** A negated operator is met by a key that the request does not have; any other is not, but for `IfExists`. */
function isConditionMet(
  { operator, ifExists, key: _key, values }: PolicyCondition,
  actual: string | undefined,
): boolean {
  if (operator === 'Null') return values.includes(String(actual === undefined));
  const isNegated = operator.includes('Not');
  if (actual === undefined) return ifExists || isNegated;
  const test = tests[operator];
  return isNegated ? !values.some((value) => test(actual, value)) : values.some((value) => test(actual, value));
}

type Test = (actual: string, value: string) => boolean;

const same: Test = (actual, value) => actual === value;
const sameFolded: Test = (actual, value) => actual.toLowerCase() === value.toLowerCase();
const like: Test = (actual, value) => isWildcardMatch(value, actual);
/** ARNs are compared part by part: a wildcard does not reach over a colon. */
const arnLike: Test = (actual, value) => {
  const [left, right] = [arnParts(actual), arnParts(value)];
  return left.length === right.length && right.every((part, at) => isWildcardMatch(part, left[at] ?? ''));
};
const numeric =
  (test: (a: number, b: number) => boolean): Test =>
  (actual, value) =>
    test(Number(actual), Number(value));

/** The positive test of each operator; negation is applied by the caller. */
const tests: Readonly<Record<Exclude<ConditionOperator, 'Null'>, Test>> = {
  StringEquals: same,
  StringNotEquals: same,
  StringEqualsIgnoreCase: sameFolded,
  StringNotEqualsIgnoreCase: sameFolded,
  StringLike: like,
  StringNotLike: like,
  ArnEquals: arnLike,
  ArnNotEquals: arnLike,
  ArnLike: arnLike,
  ArnNotLike: arnLike,
  NumericEquals: numeric((a, b) => a === b),
  NumericNotEquals: numeric((a, b) => a === b),
  NumericLessThan: numeric((a, b) => a < b),
  NumericLessThanEquals: numeric((a, b) => a <= b),
  NumericGreaterThan: numeric((a, b) => a > b),
  NumericGreaterThanEquals: numeric((a, b) => a >= b),
  IpAddress: isInSubnet,
  NotIpAddress: isInSubnet,
  Bool: sameFolded,
};

function arnParts(arn: string): readonly string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function isInSubnet(actual: string, subnet: string): boolean {
  const [address = '', bits] = subnet.split('/');
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  return list.check(actual, actual.includes(':') ? 'ipv6' : 'ipv4');
}
