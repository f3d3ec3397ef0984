import { describe, expect, test } from 'vitest';
import { planHeaders } from '../../../src/plan/headers/plan-headers.ts';
import { tellDiagnostic } from '../../../src/plan/tell-diagnostic.ts';
import { makeSettings } from '../../support/make-settings.ts';

interface Given {
  readonly lines?: readonly string[];
  readonly settings?: Parameters<typeof makeSettings>[0];
  readonly notFoundKey?: string;
}

function place({ lines = [], settings = {}, notFoundKey = '404.html' }: Given) {
  const placed = planHeaders({
    settings: makeSettings({ securityHeaders: false, ...settings }),
    text: lines.join('\n'),
    notFoundKey,
  });
  return {
    stored: placed.stored.map(({ match, name, value }) => `${match} ${name}: ${value}`),
    policy: placed.policy,
    viewer: placed.viewer.map(({ set, unset }) => [
      ...unset.map((name) => `! ${name}`),
      ...set.map((pair) => pair.join(': ')),
    ]),
    told: placed.diagnostics.map((one) => `${one.level} ${tellDiagnostic(one)}`),
  };
}

const usual = {
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
};

describe('where a header goes', () => {
  test('what S3 keeps goes with the object', () => {
    const { stored, policy, viewer, told } = place({ lines: ['/*', 'Cache-Control: no-cache', '/a', '! Expires'] });
    expect(stored).toEqual(['/* cache-control: no-cache', '/a expires: null']);
    expect([policy, viewer, told]).toEqual([{}, [], []]);
  });

  test('what holds for the whole site goes into the policy, in the order of the names', () => {
    const { policy, viewer } = place({ lines: ['/*', 'X-B: 1', 'X-A: 2', 'Content-Security-Policy: a, b'] });
    expect(Object.entries(policy)).toEqual([
      ['content-security-policy', 'a, b'],
      ['x-a', '2'],
      ['x-b', '1'],
    ]);
    expect(viewer).toEqual([]);
  });

  test.each(['/*', '//**', '**', '**/*', '**/**'])('the whole site is %s', (match) => {
    const headers = [{ match, set: { 'x-a': '1' }, unset: [] }];
    expect(place({ settings: { headers } }).policy).toEqual({ 'x-a': '1' });
  });

  test('what some files have goes into the function', () => {
    const { policy, viewer } = place({ lines: ['/a/*', 'X-A: 1', 'X-B: 2', '/b', '! X-C'] });
    expect(policy).toEqual({});
    expect(viewer).toEqual([['x-a: 1', 'x-b: 2'], ['! x-c']]);
  });

  test('exceptions from the whole site go into the function, the rest stays in the policy', () => {
    const { policy, viewer } = place({ lines: ['/*', 'X-A: 1', '/a', 'X-A: 2', '/b', '! X-A'] });
    expect(policy).toEqual({ 'x-a': '1' });
    expect(viewer).toEqual([['x-a: 2'], ['! x-a']]);
  });

  test('what a later line says for the whole site makes all before it vain', () => {
    const { policy, viewer } = place({ lines: ['/a', 'X-A: 1', '/*', 'X-A: 2', '/b', 'X-B: 1', '/*', '! X-B'] });
    expect(policy).toEqual({ 'x-a': '2' });
    expect(viewer).toEqual([]);
  });

  test.each([
    ['a value that the field of a security header cannot say', 'X-Frame-Options: ALLOWALL'],
    ['a list of policies', 'Referrer-Policy: no-referrer, same-origin'],
    ['an HSTS with more to it', 'Strict-Transport-Security: max-age=1; foo'],
    ['CORS', 'Access-Control-Allow-Origin: *'],
    ['a cookie', 'Set-Cookie: a=b; Path=/'],
    ['a placeholder', 'X-A: :splat'],
    ['a value longer than CloudFront takes', `X-A: ${'x'.repeat(1784)}`],
  ])('%s goes into the function also for the whole site', (_, line) => {
    const [name = '', value] = line.split(/: (.*)/);
    const { policy, viewer } = place({ lines: ['/*', line] });
    expect(policy).toEqual({});
    expect(viewer).toEqual([[`${name.toLowerCase()}: ${value}`]]);
  });

  test('the function sees to what is too much for a policy: 10 custom headers', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `X-${String.fromCharCode(97 + index)}: 1`);
    const { policy, viewer } = place({ lines: ['/*', ...lines, 'X-Frame-Options: DENY'] });
    expect(Object.keys(policy)).toHaveLength(11);
    expect(viewer).toEqual([['x-k: 1', 'x-l: 1']]);
  });

  test('cookies of several rules add up', () => {
    expect(place({ lines: ['/*', 'Set-Cookie: a=1', '/a', 'Set-Cookie: b=2'] }).viewer).toEqual([
      ['set-cookie: a=1'],
      ['set-cookie: b=2'],
    ]);
  });
});

describe('the order of the sources', () => {
  const headers = [{ match: '/*', set: { 'x-frame-options': 'DENY', 'x-a': 'config' }, unset: [] }];

  test('the config is stronger than the defaults, _headers stronger than both', () => {
    const settings = { securityHeaders: true, headers } as const;
    expect(place({ settings }).policy).toEqual({ ...usual, 'x-frame-options': 'DENY', 'x-a': 'config' });
    const lines = ['/*', 'X-A: file', '! Referrer-Policy'];
    expect(place({ settings, lines }).policy).toEqual({
      ...{ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'x-a': 'file' },
    });
  });

  test('an exception from a default', () => {
    const { policy, viewer } = place({ settings: { securityHeaders: true }, lines: ['/embed/*', '! X-Frame-Options'] });
    expect(policy).toEqual(usual);
    expect(viewer).toEqual([['! x-frame-options']]);
  });

  test('single defaults are changed', () => {
    const securityHeaders = {
      'x-frame-options': false,
      'referrer-policy': 'no-referrer',
      'permissions-policy': 'camera=()',
    } as const;
    expect(place({ settings: { securityHeaders } }).policy).toEqual({
      ...{ 'permissions-policy': 'camera=()', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' },
    });
  });
});

describe('what is told', () => {
  test.each([
    ['/*|Server: me', 'error _headers:2: server: CloudFront sends its own'],
    ['/*|! ETag', 'error _headers:2: etag: S3 and CloudFront find it themselves'],
    ['/*|Via: me', 'error _headers:2: via: CloudFront lets nobody set it'],
    [
      '/*|X-Amz-Website-Redirect-Location: /',
      'error _headers:2: x-amz-website-redirect-location: this name is kept for AWS',
    ],
    [
      '/*|Basic-Auth: a:b',
      'error _headers:2: basic-auth: this is no header but how Netlify asks for passwords; say who may read in "auth" of the config',
    ],
    ['/*|Set-Cookie: yes', 'error _headers:2: set-cookie: a cookie is written NAME=VALUE'],
    ['/*a*b*c*|X-A: 1', 'error _headers:2: /*a*b*c* has 4 wildcards; at most 3 can be honoured for x-a'],
    ['/404.html|X-A: 1', 'warning _headers:2: x-a is set by a function, which the answers of the 404 page do not pass'],
    ['/*.html|X-A: 1', 'notice _headers:2: x-a is set by a function, which the answers of the 404 page do not pass'],
    [
      '/*|Access-Control-Allow-Origin: *',
      'notice _headers:2: access-control-allow-origin is set by a function, which error answers do not pass',
    ],
  ])('%s', (text, message) => expect(place({ lines: text.split('|') }).told).toEqual([message]));

  test('many wildcards are no matter to an object', () => {
    expect(place({ lines: ['/*a*b*c*', 'Cache-Control: no-cache'] }).told).toEqual([]);
  });

  test('without a distribution there is nobody to send them', () => {
    const { policy, viewer, stored, told } = place({
      settings: {
        cdn: false,
        securityHeaders: true,
        headers: [{ match: '/*', set: { 'x-a': '1', expires: '0' }, unset: [] }],
      },
    });
    expect({ policy, viewer, stored }).toEqual({ policy: {}, viewer: [], stored: ['/* expires: 0'] });
    expect(told).toEqual([
      'error config headers[0]: x-a cannot be kept with an object in S3; it needs a distribution that cdnpub manages',
    ]);
  });
});
