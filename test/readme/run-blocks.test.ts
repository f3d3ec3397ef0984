import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readReadme } from './read-readme.ts';
import { type ReadersMachine, setUpReadersMachine } from './readers-machine.ts';

/** The shell blocks that need no account are run, as a reader would run them. */
const blocks = readReadme().blocks.filter(({ language, marks }) => language === 'sh' && !marks.includes('aws'));

/** This run is the tests, so their own block is looked at and not run within itself. */
const testBlock = 'npm ci && npm test\n';

let machine: ReadersMachine;

beforeAll(() => {
  machine = setUpReadersMachine();
});

afterAll(() => machine.remove());

describe('shell blocks of the README', () => {
  const runnable = blocks.filter(({ text }) => text !== testBlock);

  test('there are some', () => expect(runnable.length).toBeGreaterThan(1));

  test.each(runnable)('the block of line $line: $text', ({ text }) => {
    const { code, output } = machine.run(asRun(text), text.startsWith('npm ') ? machine.clone : machine.project);
    expect(output).toMatch(/^ {2}Live +http:\/\/\S+\.localhost:\d+/m);
    expect(output).toMatch(/^ {2}Changed +7 added/m);
    expect(code).toBe(0);
  });

  test('a block that fails would be told', () => {
    expect(machine.run('npx cdnpub deploy no-such-folder', machine.project)).toMatchObject({ code: 2 });
    expect(machine.run(asRun('npm ci && npm run demos\n'), machine.clone).code).not.toBe(0);
  });
});

test('npm test, which cannot run within itself, is what continuous integration runs', () => {
  expect(blocks.map(({ text }) => text)).toContain(testBlock);
  const lines = readFileSync(new URL('../../.ci/run', import.meta.url), 'utf8').split('\n');
  expect(lines).toEqual(expect.arrayContaining(['npm ci --no-audit --no-fund', 'npm test']));
});

/** The packages are in place already, and the demo ends by itself, on ports that are free. */
const asRun = (text: string): string =>
  text.replace(/^npm ci && /m, '').replace(/^npm run demo$/m, 'npm run demo -- --once --port 0 --cloud-port 0');
