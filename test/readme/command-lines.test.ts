import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLines } from './command-lines.ts';
import { parseCommand } from './parse-command.ts';
import { codeIn, readReadme } from './read-readme.ts';

/** The command lines that need an account are read by the program's own parser, and not run. */
const readme = readReadme();

describe('the README', () => {
  const blocks = readme.blocks.filter(({ language, marks }) => language === 'sh' && marks.includes('aws'));
  const lines = blocks.flatMap(({ text }) => commandLines(text));
  const inline = codeIn(readme.text.replace(/^```[\s\S]*?^```$/gm, ''))
    .filter((code) => /^npx cdnpub /.test(code))
    .flatMap(commandLines);

  test('shows command lines', () => {
    expect(lines.length).toBeGreaterThan(3);
    expect(inline.length).toBeGreaterThan(0);
  });

  test.each([...lines, ...inline].map((line) => [line.join(' '), line] as const))('%s', async (_, line) => {
    await expect(parseCommand(line)).resolves.toBeUndefined();
  });
});

describe('the examples of --help', () => {
  const text = readFileSync(new URL('../../oclif.manifest.json', import.meta.url), 'utf8');
  const { commands } = JSON.parse(text) as { commands: Record<string, { examples?: string[] }> };
  const examples = Object.values(commands).flatMap((command) => command.examples ?? []);

  test('are there', () => expect(examples.length).toBeGreaterThan(4));

  test.each(examples)('%s', async (example) => {
    const lines = commandLines(example.replaceAll('<%= config.bin %>', 'npx cdnpub'));
    expect(lines).toHaveLength(1);
    for (const line of lines) await expect(parseCommand(line)).resolves.toBeUndefined();
  });
});

describe('a command line that is wrong is told', () => {
  test.each([
    ['npx cdnpub deploy dist/ --dry', /Nonexistent flag: --dry/],
    ['npx cdnpub deploy dist/ other/', /Unexpected argument: other/],
    ['npx cdnpub deploy dist/ --concurrency many', /Expected an integer/],
    ['npx cdnpub status --yes', /Nonexistent flag: --yes/],
    ['npx cdnpub invalidate', /Missing 1 required arg/],
    ['npx cdnpub publish dist/', /command publish.* not found/],
    ['npx cdnpubs deploy dist/', /npx cdnpubs is not this program/],
    ['URL=$(npx cdnpub deploy dist/ --y)', /Nonexistent flag: --y/],
  ])('%s', async (script, message) => {
    const [line = []] = commandLines(script);
    await expect(parseCommand(line)).rejects.toThrow(message);
  });

  test.each(['aws s3 ls', 'npx cdnpub deploy "dist/', 'cdnpub status'])('%s is not called', (script) => {
    expect(() => commandLines(script)).toThrow();
  });
});

test('words are split as the shell splits them', () => {
  const script = `npx cdnpub deploy dist/   # a comment\nURL=$(npx cdnpub invalidate '/docs/*' "/a b")`;
  expect(commandLines(script)).toEqual([
    ['cdnpub', 'deploy', 'dist/'],
    ['cdnpub', 'invalidate', '/docs/*', '/a b'],
  ]);
});
