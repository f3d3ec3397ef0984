import { describe, expect, test } from 'vitest';
import type { Hop } from '../../src/plan/explain/explanation.ts';
import { type ExplainReport, explainObject, renderExplanation } from '../../src/report/explain-report.ts';

const moved: Hop = {
  ...{ url: 'https://a.example/docs', path: '/docs', headers: [], purgedBy: null },
  causes: [{ kind: 'rule', where: '_redirects:3', text: '/docs /docs/ 301' }],
  answer: { kind: 'redirect', status: 301, location: '/docs/' },
  cache: { edgeSeconds: 0, browserSeconds: 0 },
};

const shown: Hop = {
  ...{ url: 'https://a.example/docs/', path: '/docs/', causes: [] },
  answer: { kind: 'file', status: 200, key: 'docs/index.html' },
  headers: [
    { name: 'cache-control', value: 'max-age=600', from: '_headers:4 /docs/*' },
    { name: 'x-frame-options', value: null, from: 'config headers[2]' },
  ],
  cache: { edgeSeconds: 86_400, browserSeconds: 600 },
  purgedBy: { path: '/docs/index.html', tags: ['k:/docs/index.html', 'd:/docs/'] },
};

const report = (hops: readonly Hop[], end: ExplainReport['end'] = 'answered'): ExplainReport => ({
  ...{ site: 'docs', from: 'build', release: null, method: 'GET', warnings: [], hops, end },
});

test('an explanation for people', () => {
  expect(renderExplanation(report([moved, shown]))).toEqual([
    '  /docs         → 301 /docs/                              _redirects:3  /docs /docs/ 301',
    '  /docs/        → 200 docs/index.html                     kept at the edge for 1 day; browsers keep it for 10 minutes',
    '  headers       cache-control: max-age=600      _headers:4 /docs/*',
    '                x-frame-options is taken away   config headers[2]',
    '  purged by     path /docs/index.html, or tags k:/docs/index.html d:/docs/',
  ]);
});

describe('single lines', () => {
  const line = (hop: Partial<Hop>): string => renderExplanation(report([{ ...shown, headers: [], ...hop }]))[0] ?? '';
  test.each<readonly [Partial<Hop>, string]>([
    [{ answer: { kind: 'origin', path: '/api/x' }, cache: null }, 'another server: /api/x'],
    [{ answer: { kind: 'text', status: 401 } }, '401'],
    [{ answer: { kind: 'failed', status: 503, message: 'no' } }, '503 the function failed: no'],
    [{ cache: { edgeSeconds: 0, browserSeconds: 0 } }, 'not kept at the edge; browsers ask each time'],
    [
      { cache: { edgeSeconds: 90, browserSeconds: null } },
      'kept at the edge for 90 seconds; browsers keep it as they like',
    ],
    [{ cache: { edgeSeconds: 31_536_000, browserSeconds: 3_600 } }, 'for 365 days; browsers keep it for 1 hour'],
    [{ path: '/\u202eevil' }, '/\\u{202e}evil'],
  ])('%j', (hop, expected) => expect(line(hop)).toContain(expected));

  test.each([
    ['elsewhere', /leads away/],
    ['circle', /in a circle/],
    ['too many redirects', /10 redirects/],
  ] as const)('%s', (end, expected) => {
    expect(renderExplanation(report([moved], end)).at(-1)).toMatch(expected);
  });
});

test('an explanation for programs', () => {
  expect(explainObject(report([shown]))).toMatchObject({ schema: 1, ok: true, exit: 0, site: 'docs', hops: [shown] });
});
