import { expect, test } from 'vitest';
import { readHeaders } from '../../../src/edge/headers/read-headers.ts';
import { lintHeaders } from '../../../src/plan/headers/lint-headers.ts';
import { tellDiagnostic } from '../../../src/plan/tell-diagnostic.ts';

const keys = ['index.html', 'a.html', 'assets/x.js', 'assets/y.css'];

test.each([
  ['/*|X-A: 1|/assets/*|X-B: 1', []],
  [
    '/assets/*|Cache-Control: a|/*|Cache-Control: b',
    ['warning _headers:2: cache-control has no effect: _headers:4 /* decides for all its files'],
  ],
  [
    '/*|Cache-Control: a|/assets/*|Cache-Control: b',
    ['notice _headers:2: cache-control: _headers:4 /assets/* decides for 2 of its 4 files'],
  ],
  [
    '/*.js|X-A: 1|/*.css|X-A: 1|/assets/*|! X-A',
    [
      'warning _headers:2: x-a has no effect: _headers:6 /assets/* decides for all its files',
      'warning _headers:4: x-a has no effect: _headers:6 /assets/* decides for all its files',
    ],
  ],
  ['/a|X-A: 1|/a.html|X-A: 2', ['warning _headers:2: x-a has no effect: _headers:4 /a.html decides for all its files']],
  ['/b|X-A: 1', ['notice _headers:2: /b finds no file of the build']],
  ['/*|Set-Cookie: a=1|/*|Set-Cookie: b=2', []],
])('%s', (text, expected) => {
  const { statements } = readHeaders({ text: text.replaceAll('|', '\n'), file: '_headers' });
  const found = lintHeaders({ statements, keys, cleanUrls: true });
  expect(found.map((one) => `${one.level} ${tellDiagnostic(one)}`)).toEqual(expected);
});
