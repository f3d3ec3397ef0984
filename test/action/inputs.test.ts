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

beforeAll(() => {
  version = packStandIn(bench.root, standIn);
}, 60_000);

afterAll(() => bench.remove());

const run = (
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
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
  );

const argvOf = ({ outputs }: ActionEnd): unknown => JSON.parse(readFileSync(outputs['json-file'] ?? '', 'utf8')).argv;

describe('inputs', () => {
  test.each([
    [{}, []],
    [{ dir: 'dist' }, ['--', 'dist']],
    [{ site: 'docs', config: 'a.json', environment: 'staging' }, ['--site=docs', '--config=a.json', '--env=staging']],
    [{ message: 'two words', dir: 'my build' }, ['--message=two words', '--', 'my build']],
    [{ 'dry-run': 'true', yes: 'true' }, ['--dry-run', '--yes']],
    [{ 'dry-run': 'false', yes: '' }, []],
  ])('%j', async (inputs, argv) => {
    expect(argvOf(await run(inputs))).toEqual(['deploy', '--json', ...argv]);
  });

  const names = ['dir', 'site', 'config', 'environment', 'message', 'dry-run', 'yes'];
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
      ...['site', 'config', 'env', 'message'].map((flag) => `--${flag}=${text}`),
      ...['--', text],
    ]);
    expect(end).toMatchObject({ code: 0, commands: [], outputs: { url: 'https://site', release: '' } });
    expect(Object.keys(end.steps.deploy ?? {})).toEqual(['url', 'release', 'changed', 'json-file']);
    expect(existsSync(join(bench.root, 'pwned'))).toBe(false);
  });

  test.each(hostile)('%j is no version', async (value) => {
    const end = await run({ version: value.replaceAll('PWNED', join(bench.root, 'pwned')) });
    expect(end.code).not.toBe(0);
    expect(end.commands).toEqual([]);
    expect(end.outputs).toEqual({ url: '', release: '', changed: '', 'json-file': '' });
    expect(existsSync(join(bench.root, 'pwned'))).toBe(false);
  });

  test('the workspace is left alone', async () => {
    const checkout = bench.checkOut({});
    await bench.run(checkout, { version }, { ...plainEnv(bench.temp), ...npmEnv() });
    expect(readdirSync(checkout)).toEqual(['.git']);
  });
});

describe('results', () => {
  const error = {
    code: 'E_SECRETS',
    message: 'two\nlines, 100%',
    hints: ['a\n::error::b', '##[set-output name=url]evil'],
  };

  test('an error is one annotation and its hints are plain text', async () => {
    const end = await run({}, { ANSWER: JSON.stringify({ url: null, error }), CODE: '3' });
    expect(end).toMatchObject({ code: 3, commands: [{ name: 'error', text: 'two%0Alines, 100%25 (E_SECRETS)' }] });
    expect(end.output).toContain('Try: a ::error::b\n');
  });

  test('warnings are annotations', async () => {
    const end = await run(
      {},
      { ANSWER: JSON.stringify({ url: 'https://site', warnings: ['slow\n::error::x', '50%'] }) },
    );
    expect(end).toMatchObject({
      code: 0,
      commands: [
        { name: 'warning', text: 'slow%0A::error::x' },
        { name: 'warning', text: '50%25' },
      ],
    });
  });

  test('a value of several lines is one output', async () => {
    const end = await run(
      {},
      { ANSWER: JSON.stringify({ url: 'https://a\nrelease=evil', release: 'r-1', changed: true }) },
    );
    expect(end.steps.deploy).toMatchObject({ url: 'https://a release=evil', release: 'r-1', changed: 'true' });
  });

  test.each([
    ['137', 137],
    ['0', 70],
  ])('a program that ends with %s and no result is an error', async (code, expected) => {
    const end = await run({}, { ANSWER: '', CODE: code });
    expect(end).toMatchObject({ code: expected, commands: [{ name: 'error', text: expect.stringContaining(code) }] });
    expect(end.outputs).toMatchObject({ url: '', changed: '' });
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
  expect(end.commands).toEqual([{ name: 'set-output', text: 'evil' }]);
  expect(Object.keys(end.steps.say ?? {})).not.toEqual(['said']);
});
