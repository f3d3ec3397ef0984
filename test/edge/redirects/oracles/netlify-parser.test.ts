import { join } from 'node:path';
import { parseAllRedirects } from '@netlify/redirect-parser';
import { expect, test } from 'vitest';
import { readRedirects } from '../../../../src/edge/redirects/read-redirects.ts';
import type { RedirectRule, TargetPart } from '../../../../src/model/redirect-rule.ts';
import { tempDir } from '../../../support/temp-dir.ts';

// Netlify's own parser reads the same lines: all combinations of what may stand in each place of one.

const sources = ['/p', '/p/', '/p/*', '/p/:id', 'https://e.com/p/*', 'p', '/p?x=1', '/p#x', '/.netlify/p', '#/p'];
const queries = ['', 'q=:q', 'q=1', 'q', 'q=a=b'];
const targets = ['', '/t', '/t/:splat?a=b#c', 'https://t.com/x', 't', '//t', '/.netlify/functions/x'];
const statuses = ['', '301', '200!', '404', '500', '301x', 'abc'];
const conditions = ['', 'Country=us,ca', 'Language=fr', 'Cookie=a', 'Role=admin', 'Colour=red', 'Sign=KEY', '# note'];

interface Line {
  readonly text: string;
  /** Number that the source holds, by which Netlify's answers are found again. */
  readonly number: number;
  readonly source: string;
  readonly query: string;
  readonly target: string;
  readonly status: string;
  readonly condition: string;
}

const lines: readonly Line[] = sources
  .flatMap((source) => queries.map((query) => ({ source, query })))
  .flatMap((line) => targets.map((target) => ({ ...line, target })))
  .flatMap((line) => statuses.map((status) => ({ ...line, status })))
  .flatMap((line) => conditions.map((condition) => ({ ...line, condition })))
  .map((line, number) => {
    const source = line.source.replace(/\bp\b/, `p${number}`);
    const words = [source, line.query, line.target, line.status, line.condition];
    return { ...line, number, text: words.filter((word) => word !== '').join(' ') };
  });

/** Where cdnpub means something else, and why. */
const differences: Readonly<Record<string, (line: Line) => boolean>> = {
  'a status that no page and no redirect has is a slip': ({ status }) => status === '500',
  'a status with letters in it is a slip': ({ status }) => status === '301x',
  'a parameter without = would never hold': ({ query }) => query === 'q',
  'the value of a parameter may hold =': ({ query }) => query === 'q=a=b',
  'what follows ? and # never matches there': ({ source }) => /[?#]/.test(source),
  'two slashes begin another host': ({ target }) => target === '//t',
  'there are no functions of Netlify': ({ target }) => target.startsWith('/.netlify'),
  'there are no roles': ({ condition }) => condition.startsWith('Role'),
  'an unknown condition is a slip': ({ condition }) => condition.startsWith('Colour'),
  'nothing is signed': ({ condition }) => condition.startsWith('Sign'),
  'a page of another site has its own status': ({ target, status }) => status === '404' && target.startsWith('https:'),
  'conditions need no status before them': ({ status, condition }) => status === '' && condition.includes('='),
};

/** A rule in the terms of both. */
interface Told {
  readonly to: string;
  readonly status: number;
  readonly force: boolean;
  readonly query: object;
  readonly conditions: object;
}

test('lines mean what they mean to Netlify, but for what is listed', async () => {
  const theirs = await readTheirs();
  const ours = readOurs();
  const used = new Set<string>();
  const unexplained: string[] = [];
  for (const line of lines) {
    if (JSON.stringify(ours.get(line.number)) === JSON.stringify(theirs.get(line.number))) continue;
    const reasons = Object.keys(differences).filter((reason) => differences[reason]?.(line) === true);
    for (const reason of reasons) used.add(reason);
    if (reasons.length === 0)
      unexplained.push(`${line.text}: ${JSON.stringify([ours, theirs].map((all) => all.get(line.number)))}`);
  }
  expect(unexplained).toEqual([]);
  expect([...used].sort()).toEqual(Object.keys(differences).sort());
  expect(theirs.size).toBeGreaterThan(1000);
});

function readOurs(): ReadonlyMap<number, Told> {
  const text = lines.map((line) => line.text).join('\n');
  const { rules } = readRedirects({ text, file: '_redirects', dialect: 'netlify' });
  return new Map(rules.map((rule) => [(rule.source.line ?? 0) - 1, tellRule(rule)]));
}

function tellRule({ to, status, force, query, conditions: { country, language, cookie } }: RedirectRule): Told {
  const join = (parts: readonly TargetPart[]) =>
    parts.map((part) => (part.kind === 'text' ? part.text : `:${part.name}`)).join('');
  const after = [to.query === null ? '' : `?${join(to.query)}`, to.hash === null ? '' : `#${join(to.hash)}`];
  return {
    to: `${to.origin ?? ''}${join(to.path)}${after.join('')}`,
    ...{ status, force },
    query: Object.fromEntries(query.map((part) => [part.name, 'capture' in part ? `:${part.capture}` : part.value])),
    conditions: {
      ...(country.length === 0 ? {} : { Country: country.map((code) => code.toLowerCase()) }),
      ...(language.length === 0 ? {} : { Language: language }),
      ...(cookie.length === 0 ? {} : { Cookie: cookie.join(',') }),
    },
  };
}

async function readTheirs(): Promise<ReadonlyMap<number, Told>> {
  const folder = tempDir({ _redirects: lines.map((line) => line.text).join('\n') });
  const { redirects } = await parseAllRedirects({
    redirectsFiles: [join(folder, '_redirects')],
    configRedirects: [],
    minimal: false,
  });
  return new Map(redirects.flatMap(tellTheirs));
}

function tellTheirs(redirect: unknown): readonly (readonly [number, Told])[] {
  if (typeof redirect !== 'object' || redirect === null || !('from' in redirect)) return [];
  const { from, to, status, force, query, conditions } = { ...nothing, ...redirect };
  const number = Number(/p(\d+)/.exec(String(from))?.[1]);
  return [[number, { to: String(to), status: status ?? 301, force: force ?? false, query, conditions }]];
}

const nothing: Partial<Told> & Pick<Told, 'query' | 'conditions'> = { query: {}, conditions: {} };
