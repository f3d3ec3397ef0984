import { describe, expect, test } from 'vitest';
import type { DeployResult } from '../../../src/report/deploy-result.ts';
import { annotations } from '../../../src/report/github/annotations.ts';
import { markdownText } from '../../../src/report/github/markdown-text.ts';
import { plainLine } from '../../../src/report/github/plain-line.ts';
import { stepOutputs } from '../../../src/report/github/step-outputs.ts';
import { workflowCommand } from '../../../src/report/github/workflow-command.ts';
import { workflowCommands } from '../../action/workflow-commands.ts';

const result = (given: Partial<DeployResult>): DeployResult =>
  ({ warnings: [], invalidations: [], bytes: { total: 0, uploaded: 0 }, ...given }) as DeployResult;

describe('an annotation is one command, whatever it holds', () => {
  test.each([
    [{ kind: 'error', text: 'plain' } as const, '::error::plain'],
    [{ kind: 'warning', text: 'a\n::error::b\r100%' } as const, '::warning::a%0A::error::b%0D100%25'],
    [
      { kind: 'error', text: 'x', file: 'a,b:c%.json', line: 3, column: 7 } as const,
      '::error file=a%2Cb%3Ac%25.json,line=3,col=7::x',
    ],
  ])('%j', (annotation, expected) => expect(workflowCommand(annotation)).toBe(expected));
});

describe('a line that is printed is no command', () => {
  test.each([
    '::error::x',
    '  ::set-output name=url::x',
    '##[error]x',
    'a ##[error]x',
    'a\n::error::x',
    'a\r##[debug]',
  ])('%j', (line) => {
    expect(workflowCommands(line)).not.toEqual([]);
    expect(workflowCommands(plainLine(line))).toEqual([]);
  });
  test('others stay as they are', () => expect(plainLine('  ✔ a: b :: c')).toBe('  ✔ a: b :: c'));
});

describe('where a problem is shown', () => {
  const view = { workspace: '/repository', dir: '/repository/site/dist' };
  test.each([
    ['_redirects:7: never matches', { file: 'site/dist/_redirects', line: 7, text: 'never matches' }],
    ['_headers:2: not a header', { file: 'site/dist/_headers', line: 2, text: 'not a header' }],
    ['cdnpub.config.json:3:9 redirects: no', { file: 'cdnpub.config.json', line: 3, column: 9, text: 'redirects: no' }],
    ['nothing to place', { text: 'nothing to place' }],
    ['at 10:30 nothing', { text: 'at 10:30 nothing' }],
  ])('%s', (warning, expected) => {
    expect(annotations({ ...view, result: result({ warnings: [warning] }) })).toEqual([
      { kind: 'warning', ...expected },
    ]);
  });

  test('an error that lists lines is an annotation for each', () => {
    const error = {
      code: 'E_RULES' as const,
      hints: [],
      details: {},
      message: 'two:\n  _redirects:1: a\n  _redirects:4: b',
    };
    expect(annotations({ ...view, result: result({ error }) })).toEqual([
      { kind: 'error', file: 'site/dist/_redirects', line: 1, text: 'a (E_RULES)' },
      { kind: 'error', file: 'site/dist/_redirects', line: 4, text: 'b (E_RULES)' },
    ]);
  });

  test('a thousand warnings are fifty', () => {
    const warnings = Array.from({ length: 1000 }, (_, n) => `w${n}`);
    expect(annotations({ ...view, result: result({ warnings }) })).toHaveLength(50);
  });
});

test('an output is one line', () => {
  const lines = stepOutputs(result({ url: 'https://a\nrelease=evil', release: 'r-1', changed: true }));
  expect(lines).toEqual(expect.arrayContaining(['url=https://a release=evil', 'release=r-1', 'changed=true']));
  expect(lines.every((line) => !/[\r\n]/.test(line))).toBe(true);
});

test.each(['<b>', '@ann', '#12', '[a](b)', '`c`', '**d**', '_e_', 'www.f.example', '\u202eg', '| h', '&lt;'])(
  'Markdown shows %j as it is',
  (text) => expect(markdownText(text)).toMatch(/^(?:[\p{L}\p{N} /-]|&#\d+;)*$/u),
);
