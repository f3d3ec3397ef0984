import { describe, expect, test } from 'vitest';
import { parseSubject } from '../../../src/plan/policy/parse-subject.ts';
import { trustPolicy } from '../../../src/plan/policy/trust-policy.ts';

const subjects = (text: string): unknown => {
  const { Statement } = trustPolicy({ account: '111122223333', partition: 'aws', subject: parseSubject(text) });
  return (Statement[0] as { readonly Condition: unknown }).Condition;
};

const key = (name: string) => `token.actions.githubusercontent.com:${name}`;
const audience = { [key('aud')]: 'sts.amazonaws.com' };

describe('a repository and what of it is trusted', () => {
  test.each([
    ['octocat/docs', ['repo:octocat/docs:ref:refs/heads/main', 'repo:octocat@*/docs@*:ref:refs/heads/main']],
    [
      'octo-cat/my.docs_1:ref:refs/tags/v1',
      ['repo:octo-cat/my.docs_1:ref:refs/tags/v1', 'repo:octo-cat@*/my.docs_1@*:ref:refs/tags/v1'],
    ],
    ['a/b:environment:production', ['repo:a/b:environment:production', 'repo:a@*/b@*:environment:production']],
    ['a/b:pull_request', ['repo:a/b:pull_request', 'repo:a@*/b@*:pull_request']],
  ])('%s', (text, sub) => {
    expect(subjects(text)).toEqual({ StringEquals: audience, StringLike: { [key('sub')]: sub } });
  });

  test('with ids it is one and no pattern', () => {
    const sub = 'repo:octocat@12/docs@345:ref:refs/heads/main';
    expect(subjects('octocat@12/docs@345')).toEqual({ StringEquals: { ...audience, [key('sub')]: sub } });
  });
});

describe('what names no repository, or more than one', () => {
  test.each([
    'docs',
    'octocat/',
    '/docs',
    '*/docs',
    'octocat/*',
    'octocat/docs:*',
    'octocat/docs:ref:refs/heads/*',
    'octocat/docs:environment:a?',
    'octocat/docs:environment:',
    'octocat/docs:job_workflow_ref:x',
    'octocat@12/docs',
    'octocat/docs@3',
    'octocat/docs\n',
    'https://github.com/octocat/docs',
  ])('%s', (text) => {
    expect(() => parseSubject(text)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });
});
