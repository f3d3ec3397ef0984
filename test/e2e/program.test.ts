import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCdnpub } from '../support/run-cdnpub.ts';
import { plainEnv } from '../support/start-cloud.ts';
import { tempDir } from '../support/temp-dir.ts';

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const { version } = read('package.json') as { readonly version: string };
const { commands } = read('oclif.manifest.json') as { readonly commands: Readonly<Record<string, object>> };

const run = (args: readonly string[], home = tempDir()) =>
  runCdnpub(args, { env: { ...plainEnv(home), COLUMNS: '100' } });

describe('the version', () => {
  // The first two are answered before oclif is loaded, the last by oclif itself.
  test.each([[['--version']], [['-v']], [['--version', '--json']]])('%j', async (args) => {
    const { code, stdout, stderr } = await run(args);
    const expected = `cdnpub/${version} ${process.platform}-${process.arch} node-${process.version}\n`;
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expected, stderr: '' });
  });
});

describe('the help of each command shows how it is typed', () => {
  test.each(Object.keys(commands))('%s', async (id) => {
    const name = id.replaceAll(':', ' ');
    const { code, stdout } = await run([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^USAGE$/m);
    expect(stdout).toMatch(new RegExp(`^EXAMPLES\\n(?:.*\\n)*? +\\S*\\$? ?.*cdnpub ${name}\\b`, 'm'));
  });
});

test('a shell completes commands and flags', async () => {
  const home = tempDir();
  const end = await run(['autocomplete', 'bash'], home);
  expect(end.code, end.stderr).toBe(0);
  expect(end.stdout).toContain('autocomplete script bash');
  const script = readFileSync(join(home, '.cache/cdnpub/autocomplete/functions/bash/cdnpub.bash'), 'utf8');
  for (const id of Object.keys(commands)) expect(script).toContain(`\n${id.split(':')[0]}`);
  expect(script).toMatch(/^deploy .*--dry-run/m);
});
