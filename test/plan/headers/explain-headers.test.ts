import { expect, test } from 'vitest';
import { explainHeaders } from '../../../src/plan/headers/explain-headers.ts';
import { planHeaders } from '../../../src/plan/headers/plan-headers.ts';
import { makeSettings } from '../../support/make-settings.ts';

const settings = makeSettings({
  headers: [
    { match: '**/*.html', set: { 'cache-control': 'no-cache' }, unset: [] },
    { match: '/docs/*', set: { 'x-a': '1', 'x-frame-options': 'DENY' }, unset: [] },
  ],
});
const text = `/*
  X-B: 2
  Set-Cookie: a=1
/docs/*
  Cache-Control: max-age=60
  ! Referrer-Policy
  Server: me
/:folder/*
  X-C: :folder
  Set-Cookie: b=2
`;

/** `name: value ← source (sender)`. */
const explain = (key: string) =>
  explainHeaders({
    key,
    defaults: { 'content-type': 'text/html', 'cache-control': 'public' },
    headers: planHeaders({ settings, text, notFoundKey: '404.html' }),
    cleanUrls: true,
  }).map(({ name, value, from, sentBy }) => `${name}: ${value} ← ${from} (${sentBy})`);

test('each header of a file has a source', () => {
  expect(explain('docs/index.html')).toEqual([
    'cache-control: max-age=60 ← _headers:5 /docs/* (object)',
    'content-type: text/html ← cdnpub default (object)',
    'referrer-policy: null ← _headers:6 /docs/* (function)',
    'set-cookie: a=1 ← _headers:3 /* (function)',
    'set-cookie: b=2 ← _headers:10 /:folder/* (function)',
    'x-a: 1 ← config headers[1] (function)',
    'x-b: 2 ← _headers:2 /* (policy)',
    'x-c: docs ← _headers:9 /:folder/* (function)',
    'x-content-type-options: nosniff ← cdnpub default (policy)',
    'x-frame-options: DENY ← config headers[1] (function)',
  ]);
});

test('what no rule names comes from the defaults', () => {
  expect(explain('index.html')).toEqual(
    expect.arrayContaining([
      'cache-control: no-cache ← config headers[0] (object)',
      'referrer-policy: strict-origin-when-cross-origin ← cdnpub default (policy)',
      'x-frame-options: SAMEORIGIN ← cdnpub default (policy)',
    ]),
  );
});
