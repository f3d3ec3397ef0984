import { describe, expect, test } from 'vitest';
import { checkConfig } from '../../src/config/check-config.ts';
import { chooseSite } from '../../src/config/choose-site.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import { CdnpubError } from '../../src/model/cdnpub-error.ts';

const config: ConfigFile = {
  region: 'eu-west-1',
  ignore: ['a'],
  retention: { assets: '1d', releases: 3 },
  env: { staging: { region: 'us-east-1', cdn: false } },
  sites: {
    docs: { dir: '/w/docs', ignore: ['b'], env: { staging: { cdn: true } } },
    www: { dir: '/w/www', retention: { assets: '2d' }, redirects: [{ from: '/a', to: '/b' }] },
  },
};

const choose = (asked: { site?: string; dir?: string }, given: ConfigFile = config) =>
  chooseSite(
    { path: '/w/cdnpub.config.json', name: 'cdnpub.config.json', config: given, lineOf: (keys) => keys.length },
    { site: asked.site, dir: asked.dir },
  );

test('what all share, with its own over it', () => {
  expect(choose({ site: 'docs' }).config).toEqual({
    site: 'docs',
    dir: '/w/docs',
    region: 'eu-west-1',
    ignore: ['b'],
    retention: { assets: '1d', releases: 3 },
    env: { staging: { region: 'us-east-1', cdn: true } },
  });
  expect(choose({ site: 'www' }).config).toMatchObject({ ignore: ['a'], retention: { assets: '2d', releases: 3 } });
});

test('places are those in the file', () => {
  const { lineOf } = choose({ site: 'www' });
  expect(lineOf?.(['redirects', 0])).toBe(4);
  expect(lineOf?.(['region'])).toBe(1);
});

test.each<[string, { site?: string; dir?: string }, string]>([
  ['by name', { site: 'www', dir: '/w/docs' }, 'www'],
  ['by folder', { dir: '/w/www' }, 'www'],
])('%s', (_, asked, site) => expect(choose(asked).config.site).toBe(site));

test('the only one needs no name, and a config of one site stays as it is', () => {
  expect(choose({}, { sites: { docs: {} } }).config.site).toBe('docs');
  expect(choose({ site: 'other' }, { site: 'docs' }).config).toEqual({ site: 'docs' });
});

test.each<[{ site?: string; dir?: string }, string, readonly string[]]>([
  [{}, 'has several sites: docs, www', ['--site docs', '--site www']],
  [{ dir: '/w/other' }, 'has several sites', ['--site docs', '--site www']],
  [{ site: 'dcos' }, 'has no site "dcos": known are docs, www', ['--site docs']],
  [{ site: 'constructor' }, 'has no site "constructor"', ['--site docs', '--site www']],
])('refused: %j', (asked, message, hints) => {
  try {
    choose(asked);
  } catch (error) {
    if (!(error instanceof CdnpubError)) throw error;
    expect([error.code, error.hints]).toEqual(['E_CONFIG', hints]);
    expect(error.message).toContain(message);
    return;
  }
  throw new Error('a refusal was expected');
});

describe('a config of several sites', () => {
  const problemsOf = (value: unknown): readonly string[] => {
    const checked = checkConfig(value);
    return checked.kind === 'config'
      ? []
      : checked.problems.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  test.each<[unknown, string]>([
    [{ site: 'abc', sites: { docs: {} } }, 'site: a config has "site" or "sites", not both'],
    [{ sites: { 'No!': {} } }, 'sites.No!: only lower-case letters'],
    [{ sites: { docs: { site: 'x' } } }, 'sites.docs.site: unknown key'],
    [{ sites: { docs: { sites: {} } } }, 'sites.docs.sites: unknown key'],
    [{ sites: { ['x'.repeat(30)]: {} }, env: { staging: {} } }, 'env.staging: its site would be'],
    [
      { sites: { ['x'.repeat(30)]: { env: { staging: {} } } } },
      `sites.${'x'.repeat(30)}.env.staging: its site would be`,
    ],
  ])('%j is told', (value, problem) => {
    expect(problemsOf(value).some((one) => one.startsWith(problem))).toBe(true);
  });

  test('is right otherwise', () => expect(problemsOf(config)).toEqual([]));
});
