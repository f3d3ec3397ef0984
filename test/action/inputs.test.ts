import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readReadme } from '../readme/read-readme.ts';
import { plainEnv } from '../support/start-cloud.ts';
import { openActionBench } from './action-bench.ts';
import { npmEnv, packStandIn } from './pack-cdnpub.ts';
import { readYaml, type Yaml } from './read-yaml.ts';
import { type ActionEnd, runAction } from './run-action.ts';

/**
 * What the action makes of its inputs and of a result, with a program in place of cdnpub that answers with what it was
 * called with, or with what the variable ANSWER holds.
 */
const bench = openActionBench();
let version: string;

const standIn = `
const { ANSWER, CODE } = process.env;
process.stdout.write(ANSWER ?? JSON.stringify({ url: 'https://site', argv: process.argv.slice(2) }));
process.exitCode = Number(CODE ?? 0);
`;

beforeAll(async () => {
  version = packStandIn(bench.root, standIn);
  await run({}, {}, []);
}, 60_000);

afterAll(() => bench.remove());

const run = (
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
  done: readonly string[] = ['install'],
): Promise<ActionEnd> =>
  bench.run(
    bench.checkOut({}),
    { version, ...inputs },
    {
      ...plainEnv(bench.temp),
      ...npmEnv(),
      npm_config_offline: 'true',
      ...env,
    },
    { done },
  );

const argvOf = ({ outputs }: ActionEnd): unknown => JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8')).argv;

describe('inputs', () => {
  test.each([
    [{}, []],
    [{ dir: 'dist' }, ['--', 'dist']],
    [{ site: 'docs', config: 'a.json', environment: 'staging' }, ['--site=docs', '--config=a.json', '--env=staging']],
    [{ message: 'two words', dir: 'my build' }, ['--message=two words', '--', 'my build']],
    [{ 'dry-run': 'true', yes: 'true', adopt: 'true', strict: 'true' }, ['--dry-run', '--yes', '--adopt', '--strict']],
    [{ 'dry-run': 'false', yes: '', adopt: 'false', allow: ' ' }, []],
    [{ bucket: 'b', region: 'r' }, ['--bucket=b', '--region=r']],
    [{ cdn: 'true', wait: 'false' }, ['--cdn', '--no-wait']],
    [{ cdn: 'false', wait: 'true' }, ['--no-cdn', '--wait']],
    [
      { 'wait-timeout': '5m', 'lock-timeout': '1m', concurrency: '8' },
      ['--wait-timeout=5m', '--lock-timeout=1m', '--concurrency=8'],
    ],
    [{ allow: 'empty mass-delete' }, ['--allow-empty', '--allow-mass-delete']],
  ])('%j', async (inputs, argv) => {
    expect(argvOf(await run(inputs))).toEqual(['deploy', '--json', ...argv]);
  });

  const switches = ['dry-run', 'yes', 'adopt', 'strict', 'cdn', 'wait', 'comment'];
  const values = ['site', 'config', 'environment', 'bucket', 'region', 'message'];
  const others = ['wait-timeout', 'lock-timeout', 'concurrency'];
  const names = [...switches, ...values, ...others, 'dir', 'github-token'];
  const hostile = [
    '$(touch PWNED)',
    '`touch PWNED`',
    '"; touch PWNED; "',
    "'; touch PWNED; '",
    'a\n::set-output name=url::evil\nrelease=evil',
    '--yes',
  ];

  test.each(hostile)('%j is never part of a script', async (value) => {
    const text = value.replaceAll('PWNED', join(bench.root, 'pwned'));
    const end = await run(Object.fromEntries(names.map((name) => [name, text])));
    expect(argvOf(end)).toEqual([
      ...['deploy', '--json'],
      ...[...values, ...others].map((name) => `--${name === 'environment' ? 'env' : name}=${text}`),
      ...['--', text],
    ]);
    expect(end).toMatchObject({ code: 0, commands: [] });
    expect(Object.keys(end.steps.deploy ?? {})).toEqual(['json-file']);
    expect(existsSync(join(bench.root, 'pwned'))).toBe(false);
  });

  test.each(hostile)('%j allows nothing that runs', async (value) => {
    const end = await run({ allow: value.replaceAll('PWNED', join(bench.root, 'pwned')) });
    expect(argvOf(end)).toEqual(expect.arrayContaining([expect.stringMatching(/^--allow-/)]));
    expect(existsSync(join(bench.root, 'pwned'))).toBe(false);
  });

  test.each(hostile)('%j is no version', async (value) => {
    const end = await run({ version: value.replaceAll('PWNED', join(bench.root, 'pwned')) }, {}, []);
    expect(end.code).not.toBe(0);
    expect(end.commands).toEqual([]);
    expect(Object.values(end.outputs).join('')).toBe('');
    expect(existsSync(join(bench.root, 'pwned'))).toBe(false);
  });

  test('the workspace is left alone', async () => {
    const checkout = bench.checkOut({});
    await bench.run(checkout, { version }, { ...plainEnv(bench.temp), ...npmEnv() });
    expect(readdirSync(checkout)).toEqual(['.git']);
  });
});

describe('results', () => {
  test('the step ends as the program does', async () => {
    const end = await run({}, { ANSWER: '', CODE: '137' });
    expect(end).toMatchObject({ code: 137, outputs: { url: '', changed: '' } });
  });

  test('each deploy of a job has a result file of its own', async () => {
    const [first, second] = [await run({ site: 'one' }), await run({ site: 'two' })];
    expect(argvOf(first)).toContain('--site=one');
    expect(argvOf(second)).toContain('--site=two');
  });
});

test('the default version is that of the package', () => {
  const { version: own } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(readYaml(bench.action)).toMatchObject({ inputs: { version: { default: own } } });
});

test('the workflow of the README uses inputs that there are', () => {
  const workflow = readReadme().blocks.find(({ language }) => language === 'yaml')?.text ?? '';
  const { steps = [] } = readYaml(workflow) as { steps?: readonly Yaml[] };
  const { inputs } = readYaml(bench.action);
  const [own] = steps.filter((step) => /^cdnpub\/cdnpub@/.test((step as { uses: string }).uses));
  const given = Object.keys((own as { with: object }).with);
  expect(given).not.toHaveLength(0);
  expect(Object.keys(inputs as object)).toEqual(expect.arrayContaining(given));
});

test('an input that stands in a script would be seen to run', async () => {
  const action = `inputs:
  message:
    description: A text
outputs:
  said:
    value: \${{ steps.say.outputs.said }}
runs:
  using: composite
  steps:
    - id: say
      shell: bash
      run: |
        echo "said=\${{ inputs.message }}" >> "$GITHUB_OUTPUT"
        echo "\${{ inputs.message }}"
`;
  const checkout = bench.checkOut({});
  const message = '$(touch pwned)\n::set-output name=url::evil';
  const job = { action, checkout, temp: bench.temp, env: plainEnv(bench.temp), inputs: { message } };
  const end = await runAction(job);
  expect(readdirSync(checkout)).toContain('pwned');
  expect(end.commands).toEqual([{ name: 'set-output', properties: 'name=url', text: 'evil' }]);
  expect(Object.keys(end.steps.say ?? {})).not.toEqual(['said']);
});
