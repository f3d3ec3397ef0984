import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { BaseCommand } from '../../src/base-command.ts';
import { resolveSettings } from '../../src/config/resolve.ts';
import { type ConfigFile, configSchema } from '../../src/config/schema.ts';
import { exitCodeOf } from '../../src/model/error-code.ts';
import { codeIn, readReadme } from './read-readme.ts';

const readme = readReadme();

describe('exit codes and errors', () => {
  test('the table is that of the program', () => {
    const rows = readme.table('Exit codes and errors').map(([code = '', exit]) => [codeIn(code)[0], Number(exit)]);
    expect(rows).toEqual(Object.entries(exitCodeOf));
  });

  test('every exit code of the table is explained above it', () => {
    const explained = /\n0 done[^\n]+/.exec(readme.text)?.[0] ?? '';
    const exits = [...explained.matchAll(/(?:^|· |, )\s*(\d+)/g)].map(([, exit]) => Number(exit));
    expect(exits).toEqual([0, 1, 2, 3, 4, 5, 70, 130, 143]);
    expect(exits).toEqual(expect.arrayContaining(Object.values(exitCodeOf)));
  });
});

describe('configuration', () => {
  const table = readme.table('Configuration');
  const { $schema, ...entries } = configSchema.entries;

  test('the table has the keys of the schema', () => {
    expect($schema).toBeDefined();
    expect(table.flatMap(([key = '']) => codeIn(key)).sort()).toEqual(Object.keys(entries).sort());
  });

  test.each(nestedKeys())('the row of %s names its keys', (key, keys) => {
    const [, meaning = ''] = table.find(([name]) => name === `\`${key}\``) ?? [];
    expect(codeIn(meaning)).toEqual(expect.arrayContaining([...keys]));
  });

  test('a config with the defaults of the table changes nothing', () => {
    const config = v.parse(configSchema, defaultsOf(table));
    expect(Object.keys(config)).toContain('trailingSlash');
    expect(settingsOf(config)).toEqual(settingsOf({}));
  });

  const examples = readme.blocks.filter(({ language }) => language === 'json');

  test('there is an example', () => expect(examples).not.toHaveLength(0));

  test.each(examples)('the example of line $line is valid', ({ text }) => {
    const read = v.safeParse(configSchema, JSON.parse(text));
    expect(read.issues).toBeUndefined();
  });

  test.each([
    ['an unknown key', '{ "sites": "docs" }'],
    ['a value of another type', '{ "cleanUrls": "yes" }'],
  ])('an example with %s would be told', (_, text) => {
    expect(v.safeParse(configSchema, JSON.parse(text)).success).toBe(false);
  });
});

describe('commands', () => {
  test('the table is that of the manifest', () => {
    const rows = readme.table('Commands').map(([name = '']) => codeIn(name)[0]);
    expect(rows.sort()).toEqual(Object.values(manifest().commands).map(usageOf).sort());
  });

  test('the flags that every command takes are told', () => {
    const flags = Object.entries(BaseCommand.baseFlags).map(([name, flag]) => {
      const value = 'helpValue' in flag ? ` ${flag.helpValue}` : '';
      return `${'char' in flag && flag.char ? `-${flag.char}` : `--${name}`}${value}`;
    });
    expect(readme.text).toContain(`Every command takes \`${flags.join(' ')}\`.`);
  });
});

test('the links lead to files of the repository', () => {
  const links = [...readme.text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
  expect(links).not.toHaveLength(0);
  for (const link of links) expect(readFileSync(new URL(`../../${link}`, import.meta.url), 'utf8')).not.toBe('');
});

/** Keys that hold objects with keys of their own, written in the table's row. */
function nestedKeys(): readonly (readonly [string, readonly string[]])[] {
  const { retention, invalidation } = configSchema.entries;
  return [
    ['retention', Object.keys(retention.wrapped.entries)],
    ['invalidation', Object.keys(invalidation.wrapped.entries)],
  ];
}

/** The config that the column of defaults spells out, as far as it holds values and no explanation. */
function defaultsOf(table: readonly (readonly string[])[]): Record<string, unknown> {
  const nested = new Map(nestedKeys());
  const told = table.flatMap(([name = '', , value = '']) => {
    const [key = ''] = codeIn(name);
    const values = (value.match(/`[^`]+`|\b\d+\b/g) ?? []).map((text) => literalOf(text.replaceAll('`', '')));
    const keys = nested.get(key);
    if (keys !== undefined) return [[key, Object.fromEntries(keys.map((part, at) => [part, values[at]]))]];
    return values.length === 0 || key === 'bucket' ? [] : [[key, values[0]]];
  });
  return Object.fromEntries(told) as Record<string, unknown>;
}

function literalOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const settingsOf = (config: ConfigFile) =>
  resolveSettings({
    flags: { dir: '/site' },
    env: {},
    file: { path: '/site/cdnpub.config.json', name: 'cdnpub.config.json', config },
    detected: { site: 'docs', source: 'folder name' },
  });

interface ManifestCommand {
  readonly id: string;
  readonly args: Readonly<Record<string, { readonly name: string; readonly required?: boolean }>>;
  readonly strict: boolean;
}

function manifest(): { readonly commands: Readonly<Record<string, ManifestCommand>> } {
  return JSON.parse(readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8'));
}

function usageOf({ id, args, strict }: ManifestCommand): string {
  const names = Object.values(args).map(({ name, required }) =>
    required === true ? name.toUpperCase() : `[${name.toUpperCase()}]`,
  );
  return [id.replaceAll(':', ' '), ...names].join(' ') + (strict ? '' : '…');
}
