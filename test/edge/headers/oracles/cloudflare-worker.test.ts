import { describe, expect, test } from 'vitest';
import { readHeaders } from '../../../../src/edge/headers/read-headers.ts';
import type { HeaderStatement } from '../../../../src/model/header-statement.ts';
import { compileMatch } from '../../../../src/plan/headers/compile-match.ts';
import { edgePattern } from '../../../../src/plan/headers/edge-pattern.ts';
import { fillPlaceholders } from '../../../../src/plan/headers/fill-placeholders.ts';
import { openAssetWorker } from '../../../support/open-asset-worker.ts';

// Cloudflare's own asset worker puts the same headers on the same paths. Its parser is not published by itself; the rules
// are handed to it as its tools would: one entry for each path, names in lower case.

const paths = ['/a.txt', '/a/b.txt', '/a/b/c.txt', '/docs/x.js', '/foobar', '/foo/bar', '/img/logo.png', '/u/7/x'];

const statementsOf = (text: string): readonly HeaderStatement[] => readHeaders({ text, file: '_headers' }).statements;

async function askCloudflare(text: string): Promise<(path: string) => Promise<Record<string, string>>> {
  const rules: Record<string, { set: Record<string, string>; unset: string[] }> = {};
  for (const { match, name, value } of statementsOf(text)) {
    const rule = rules[match] ?? { set: {}, unset: [] };
    rules[match] = rule;
    if (value === null) rule.unset.push(name);
    else rule.set[name] = value;
  }
  const worker = await openAssetWorker([], rules);
  return async (path) => {
    const { headers } = await worker(`https://e.com${path}`);
    return Object.fromEntries([...headers].filter(([name]) => name.startsWith('x-') || name === 'cache-control'));
  };
}

function ourHeaders(text: string, path: string): Record<string, string> {
  // What Cloudflare sends with every asset, and a rule replaces.
  const headers: Record<string, string> = { 'cache-control': 'public, max-age=0, must-revalidate' };
  for (const { match, name, value } of statementsOf(text)) {
    if (!compileMatch(match, true)(path.slice(1))) continue;
    if (value === null) delete headers[name];
    else headers[name] = fillPlaceholders(value, edgePattern({ match, cleanUrls: true }), path.slice(1));
  }
  return headers;
}

describe('rules mean what they mean to Cloudflare', () => {
  test.each([
    '/a.txt|X-A: 1',
    '/*|X-A: 1',
    '/a/*|X-A: 1',
    '/*.txt|X-A: :splat',
    '/foo*|X-A: <:splat>',
    '/u/:id/*|X-A: :id :splat',
    '/img/:name.png|X-A: :name',
    '/:a/:b|X-A: :b-:a',
    '/*|X-A: :splat :other',
    '/*|X-A: 1|/a.txt|! X-A',
    '/*|Cache-Control: no-store',
    '/*|! Cache-Control',
    '/a/*|! Cache-Control|Cache-Control: no-cache',
    '/*|X-A: 1|/a/*|X-B: 2',
  ])('%s', async (rules) => {
    const text = rules.replaceAll('|', '\n');
    const ask = await askCloudflare(text);
    for (const path of paths) expect(ourHeaders(text, path), path).toEqual(await ask(path));
  });
});

describe('intended differences', () => {
  test.each([
    // Joined, `no-cache, … immutable` means neither; Netlify too lets the later rule decide.
    [
      'a later rule replaces',
      '/*|Cache-Control: no-cache|/a/*|Cache-Control: immutable',
      '/a/b.txt',
      'immutable',
      'no-cache, immutable',
    ],
    // Cloudflare reads `:ab` as `:a` with a letter behind it, and drops the rule.
    ['a name may begin another', '/:a/:ab|Cache-Control: :ab', '/foo/bar', 'bar', 'public, max-age=0, must-revalidate'],
    // As on Netlify: `/a/*/c` is below `/a` at any depth.
    [
      'a wildcard between slashes may be nothing',
      '/foo/*/bar|Cache-Control: no-cache',
      '/foo/bar',
      'no-cache',
      'public, max-age=0, must-revalidate',
    ],
    // As on Netlify: `/a/*` is the folder and all in it. There is nothing else at that address.
    [
      'a folder is part of what is under it',
      '/foobar/*|Cache-Control: no-cache',
      '/foobar',
      'no-cache',
      'public, max-age=0, must-revalidate',
    ],
    [
      'a slash at the end means nothing',
      '/foobar/|Cache-Control: no-cache',
      '/foobar',
      'no-cache',
      'public, max-age=0, must-revalidate',
    ],
  ])('%s', async (_, rules, path, ours, theirs) => {
    const text = rules.replaceAll('|', '\n');
    expect(ourHeaders(text, path)['cache-control']).toBe(ours);
    expect((await (await askCloudflare(text))(path))['cache-control']).toBe(theirs);
  });
});
