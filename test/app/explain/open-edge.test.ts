import { describe, expect, test } from 'vitest';
import { openEdge } from '../../../src/app/explain/open-edge.ts';
import type { Viewer } from '../../../src/app/explain/viewer.ts';
import { compileEdge } from '../../../src/edge/compile-edge.ts';
import { readRedirects } from '../../../src/edge/redirects/read-redirects.ts';
import type { EdgeSource } from '../../../src/model/edge-source.ts';
import { describeHop } from '../../../src/plan/explain/describe-hop.ts';
import type { ExplainedSite } from '../../../src/plan/explain/explained-site.ts';
import type { Hop } from '../../../src/plan/explain/explanation.ts';
import { splitUrl } from '../../../src/plan/explain/next-address.ts';
import { tools } from '../../edge/edge-tools.ts';
import { makeSource } from '../../support/make-edge.ts';
import { makeOrigin } from '../../support/make-origin.ts';

const keys = ['index.html', '404.html', 'closed.html', 'docs/index.html', 'private/index.html', 'app.js'];
const stored = { 'cache-control': 'public, max-age=0, s-maxage=86400, must-revalidate', 'content-type': 'text/html' };

const siteWith = (source: Partial<EdgeSource>, given: Partial<ExplainedSite> = {}): ExplainedSite => ({
  ...{ from: 'build', site: 'docs', release: null, source: makeSource(source), layout: null, rules: null },
  objects: new Map(keys.map((key) => [key, { headers: stored, tags: [`k:/${key}`] }])),
  ...{ store: new Map(), secretValue: null, hosts: [], warnings: [] },
  ...given,
});

const ann = `Basic ${Buffer.from('ann:correct horse battery').toString('base64')}`;

async function ask(site: ExplainedSite, url: string, given: Partial<Viewer> = {}): Promise<Hop> {
  const viewer = { method: 'GET', headers: [], country: null, ip: '192.0.2.1', ...given };
  return describeHop((await openEdge(site))(viewer, splitUrl(url)), site);
}

/** `401: guarded: asks for a password`. */
function inShort({ answer, causes }: Hop): string {
  const what =
    answer.kind === 'file'
      ? ` ${answer.key}`
      : answer.kind === 'redirect'
        ? ` ${answer.location}`
        : answer.kind === 'origin'
          ? `origin ${answer.path}`
          : '';
  return `${'status' in answer ? answer.status : ''}${what}: ${causes.map(({ text }) => text).join('; ')}`;
}

const auth = { paths: ['/private/*'], users: ['ann'], jwt: true };
const maintenance = { page: 'closed.html', allow: ['192.0.2.9'] };
const { rules: redirects } = readRedirects({ text: '/at /docs/ 302 Country=CH', file: '_redirects' });
const closed = new Map([['maintenance', 'on']]);

type Row = readonly [
  what: string,
  site: ExplainedSite,
  url: string,
  viewer: Partial<Viewer> | undefined,
  expected: string,
];

describe('what decides about a request', () => {
  test.each<Row>([
    ['a guarded path', siteWith({ auth }), '/private/', undefined, '401: guarded: asks for a password or a token'],
    [
      'somebody with a password',
      siteWith({ auth }),
      '/private/',
      { headers: [['authorization', ann]] },
      '200 private/index.html: lets this visitor in; clean URL, trailingSlash auto',
    ],
    [
      'a password that the store knows otherwise',
      siteWith({ auth }, { store: new Map([['u/ann', 'salt hash']]) }),
      '/private/',
      { headers: [['authorization', ann]] },
      '401: guarded: asks for a password or a token',
    ],
    ['maintenance that is off', siteWith({ maintenance }), '/app.js', undefined, '200 app.js: '],
    [
      'maintenance',
      siteWith({ maintenance }, { store: closed }),
      '/app.js',
      undefined,
      '503 closed.html: closed for maintenance',
    ],
    [
      'who is let in meanwhile',
      siteWith({ maintenance }, { store: closed }),
      '/app.js',
      { ip: '192.0.2.9' },
      '200 app.js: ',
    ],
    [
      'another server',
      siteWith({ origins: [makeOrigin(['/api/*'])], index: 'needed' }),
      '/api/x?y=1',
      { method: 'POST' },
      "origin /api/x: /api/* is another server's",
    ],
    [
      'what is not there beside it',
      siteWith({ origins: [makeOrigin(['/api/*'])], index: 'needed' }),
      '/gone',
      undefined,
      '404 404.html: no such path',
    ],
    [
      'a second host',
      siteWith({ hosts: ['a.example', 'b.example'] }),
      'https://b.example/docs/',
      undefined,
      '301 https://a.example/docs/: a.example is the name of the site',
    ],
    [
      'http',
      siteWith({}),
      'http://a.example/x',
      undefined,
      '301 https://a.example/x: the distribution answers by https alone',
    ],
    [
      'a method that must stay',
      siteWith({}),
      'http://a.example/x',
      { method: 'POST' },
      '307 https://a.example/x: the distribution answers by https alone',
    ],
    ['a country', siteWith({ redirects }), '/at', { country: 'CH' }, '302 /docs/: /at /docs/ 302 Country=CH'],
    [
      'an application',
      siteWith({ spa: 'index.html' }),
      '/user/7',
      undefined,
      '200 index.html: an unknown path is the application’s',
    ],
    [
      'a function of the user',
      siteWith({
        handlers: { viewerRequest: 'function handler() { return { statusCode: 418 }; }', viewerResponse: null },
      }),
      '/tea',
      undefined,
      '418: your own viewer-request function answers',
    ],
    [
      'one that fails',
      siteWith({
        handlers: { viewerRequest: 'function handler() { throw new Error("no"); }', viewerResponse: null },
      }),
      '/tea',
      undefined,
      '503: ',
    ],
  ])('%s', async (_, site, url, viewer, expected) => {
    const target = url.startsWith('/') ? `https://a.example${url}` : url;
    expect(inShort(await ask(site, target, viewer))).toBe(expected);
  });
});

test('what somebody else may not see is kept private, and no secret is told', async () => {
  const hop = await ask(siteWith({ auth }), 'https://a.example/private/', { headers: [['authorization', ann]] });
  expect(hop.headers).toContainEqual({
    ...{ name: 'cache-control', value: 'private, max-age=0, must-revalidate', from: 'cdnpub, at the edge' },
  });
  expect(JSON.stringify(hop)).not.toMatch(/authorization|correct horse|explain /);
});

test('a text that only its trace makes too long is explained all the same', async () => {
  const text = Array.from({ length: 50 }, (_, i) => `/pattern-number-${i}/:a/* /somewhere/else/:a/:splat`).join('\n');
  const { rules } = readRedirects({ text, file: '_redirects' });
  const site = siteWith({ redirects: rules });
  const source = site.source;
  const bytes = (trace: 'on' | 'off') => compileEdge({ keys, source, trace, tools }).program.viewerRequest.length;
  expect(bytes('off')).toBeLessThanOrEqual(10_240);
  expect(bytes('on')).toBeGreaterThan(10_240);
  const { answer, causes } = await ask(site, 'https://a.example/pattern-number-49/x/y');
  expect(answer).toMatchObject({ location: '/somewhere/else/x/y' });
  expect(causes).toMatchObject([{ where: '_redirects:50' }]);
});
