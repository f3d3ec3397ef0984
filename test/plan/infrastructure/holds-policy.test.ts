import { expect, test } from 'vitest';
import { ref } from '../../../src/model/ref.ts';
import { bucketPolicy, holdsPolicy } from '../../../src/plan/infrastructure/bucket-policy.ts';
import { makeTarget } from '../../support/make-target.ts';

const wanted = bucketPolicy(makeTarget(), 'abcdefghij', 'arn:d');
const [read, list, state] = wanted;
if (read === undefined || list === undefined || state === undefined) throw new Error('a site has three statements');

test.each<[string, boolean, readonly { readonly Sid?: string }[]]>([
  ['word for word', true, wanted],
  ['in another order', true, [state, list, read]],
  ['among others', true, [{ Sid: 'Theirs' }, {}, ...wanted]],
  ['with names in another order', true, [list, state, Object.fromEntries(Object.entries(read).reverse())]],
  [
    'with lists of one',
    true,
    [{ ...read, Action: ['s3:GetObject'], Resource: [read.Resource] } as object, list, state],
  ],
  ['one is missing', false, [read, list]],
  ['none', false, []],
  ['another distribution', false, bucketPolicy(makeTarget(), 'abcdefghij', 'arn:other')],
  ['another site', false, bucketPolicy(makeTarget(), 'otherother', 'arn:d')],
  ['one action more', false, [{ ...read, Action: ['s3:GetObject', 's3:PutObject'] } as object, list, state]],
  ['one condition less', false, [{ ...read, Condition: {} }, list, state]],
  [
    'one condition more',
    false,
    [{ ...read, Condition: { ...read.Condition, Bool: { 'aws:SecureTransport': 'true' } } }, list, state],
  ],
  ['an effect turned round', false, [read, list, { ...state, Effect: 'Allow' } as object]],
])('%s: %s', (_, expected, policy) => {
  expect(holdsPolicy(policy, wanted)).toBe(expected);
});

test('a policy for a distribution that does not exist yet is never held', () => {
  expect(holdsPolicy(wanted, bucketPolicy(makeTarget(), 'abcdefghij', ref('distribution.arn')))).toBe(false);
});
