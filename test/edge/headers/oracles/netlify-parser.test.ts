import { join } from 'node:path';
import { parseAllHeaders } from '@netlify/headers-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHeaders } from '../../../../src/edge/headers/read-headers.ts';
import { compileMatch } from '../../../../src/plan/headers/compile-match.ts';
import { tempDir, writeTree } from '../../../support/temp-dir.ts';

// Netlify's own parser reads the same files: what both take means the same, and what it drops in silence is told here.

interface NetlifyRule {
  readonly for: string;
  readonly forRegExp: RegExp;
  readonly values: Readonly<Record<string, string>>;
}

async function readAsNetlify(text: string): Promise<readonly NetlifyRule[]> {
  const root = tempDir();
  writeTree(root, { _headers: text });
  const { headers } = await parseAllHeaders({
    headersFiles: [join(root, '_headers')],
    minimal: false,
    configHeaders: [],
    netlifyConfigPath: undefined,
  });
  return headers as unknown as readonly NetlifyRule[];
}

/** Netlify: of rules that match, each replaces what earlier ones said of a header. */
const netlifyHeaders = (rules: readonly NetlifyRule[], path: string): Record<string, string> =>
  lowerNames(Object.assign({}, ...rules.filter(({ forRegExp }) => forRegExp.test(path)).map(({ values }) => values)));

const lowerNames = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));

function ourHeaders(text: string, key: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { match, name, value } of readHeaders({ text, file: '_headers' }).statements) {
    if (!compileMatch(match, true)(key)) continue;
    if (value === null) delete headers[name];
    // Netlify puts a space behind each comma, also within quotes; here a value is what was written.
    else headers[name] = value.split(/\s*,\s*/).join(', ');
  }
  return headers;
}

const keys = [
  'z.txt',
  'x.js',
  'a/q.txt',
  'a/b/c.txt',
  'a/c.txt',
  'docs/x.js',
  'docs/deep/x.js',
  'fobar',
  'foo/qux',
  'img/logo.png',
  'u/7/x',
];

async function compare(text: string): Promise<void> {
  const theirs = await readAsNetlify(text);
  for (const key of keys) {
    expect(ourHeaders(text, key), key).toEqual(netlifyHeaders(theirs, `/${key}`));
  }
}

const block = (path: string, ...lines: readonly string[]) => [path, ...lines.map((line) => `  ${line}`)].join('\n');

describe('what Netlify reads means the same here', () => {
  test.each([
    [block('/*', 'X-A: 1')],
    [block('/a/*', 'X-A: 1', 'Cache-Control: public,max-age=1 , immutable')],
    [block('/a/*/c.txt', 'X-A: 1')],
    [block('/*.txt', 'X-A: 1')],
    [block('/fo*', 'X-A: 1')],
    [block('/u/:id/x', 'X-A: 1')],
    [block('/:one', 'X-A: 1')],
    [block('/:one/*', 'X-A: 1')],
    [block('//a//q.txt/', 'X-A: 1')],
    [[block('/*', 'X-A: 1', 'X-B: 1'), block('/a/*', 'X-A: 2')].join('\n')],
    [[block('/a/*', 'X-A: 2'), block('/*', 'X-A: 1')].join('\n')],
    [block('/*', 'Cache-Control: public', 'Cache-Control: max-age=1', 'Cache-Control: immutable')],
    [block('/*', 'Link: </a>; rel=preload', 'Link: </b>; rel=preload')],
    ['\r\n# comment\r\n/*\r\n\tX-A: b:c\r\n'],
  ])('%j', async (text) => compare(text));
});

describe('intended differences', () => {
  const effects = async (text: string, path: string) => [
    ourHeaders(text, path.slice(1)),
    netlifyHeaders(await readAsNetlify(text), path),
  ];

  test.each([
    // Keys are case-sensitive in S3, and `/Docs` and `/docs` two pages.
    ['case of paths counts', block('/A.txt', 'X-A: 1'), '/a.txt', {}, { 'x-a': '1' }],
    // Both read the rule; Netlify would send the header twice, which no browser means.
    [
      'names in two spellings are one header',
      block('/a.txt', 'X-A: 1', 'x-a: 2'),
      '/a.txt',
      { 'x-a': '1, 2' },
      { 'x-a': '2' },
    ],
    // Cloudflare's dialect; Netlify drops the line without a word.
    [
      'a header is taken away',
      [block('/*', 'X-A: 1'), block('/a.txt', '! X-A')].join('\n'),
      '/a.txt',
      {},
      { 'x-a': '1' },
    ],
    // A browser takes the first or none of two values, so two are never meant.
    [
      'one value is the last',
      block('/*', 'X-Frame-Options: DENY', 'X-Frame-Options: SAMEORIGIN'),
      '/a.txt',
      { 'x-frame-options': 'SAMEORIGIN' },
      { 'x-frame-options': 'DENY, SAMEORIGIN' },
    ],
    // As on Cloudflare; Netlify takes any name there, and loses the ending.
    ['a placeholder ends where its name does', block('/img/:name.txt', 'X-A: 1'), '/img/logo.png', {}, { 'x-a': '1' }],
    // The colon is told, and taken for a part of the path by both.
    ['a comment behind a path is none of it', block('/a.txt # c', 'X-A: 1'), '/a.txt', { 'x-a': '1' }, {}],
    // Percent escapes are one spelling of a key's name.
    ['escapes mean what they stand for', block('/%61.txt', 'X-A: 1'), '/a.txt', { 'x-a': '1' }, {}],
    // What begins alike is not a folder.
    ['a folder ends where its name does', block('/a/*', 'X-A: 1'), '/a.txt', {}, { 'x-a': '1' }],
    // A dot is a dot also beside a wildcard.
    ['text beside a wildcard is text', block('/*.t.t', 'X-A: 1'), '/a.txt', {}, { 'x-a': '1' }],
    ['text beside a wildcard is text', block('/*a.b.txt', 'X-A: 1'), '/a/b.txt', {}, { 'x-a': '1' }],
  ])('%s', async (_, text, path, ours, theirs) => expect(await effects(text, path)).toEqual([ours, theirs]));

  test('a page carries its headers under each of its addresses, as it is one object', async () => {
    const text = block('/about', 'X-A: 1');
    expect(ourHeaders(text, 'about/index.html')).toEqual({ 'x-a': '1' });
    expect(netlifyHeaders(await readAsNetlify(text), '/about/index.html')).toEqual({});
  });
});

const segment = fc.constantFrom('a', 'b', 'docs', 'x.js', '*', ':id', 'foo', 'u');
const path = fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
const line = fc.constantFrom('X-A: 1', 'X-A: 2', 'X-B: 1, 2', 'Cache-Control: no-store', '# c', '');
const file = fc
  .array(fc.tuple(path, fc.array(line, { minLength: 1, maxLength: 3 })), { maxLength: 5 })
  .map((blocks) => blocks.map(([one, lines]) => block(one, ...lines)).join('\n'));

test('any file of plain rules', async () => {
  await fc.assert(fc.asyncProperty(file, compare), { numRuns: 60 });
});
