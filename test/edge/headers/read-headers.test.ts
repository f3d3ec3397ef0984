import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHeaders } from '../../../src/edge/headers/read-headers.ts';
import { headerProblem } from '../../../src/model/header-problem.ts';

/** `3 /path name: value` a statement, `3 level: message` a diagnostic. */
function read(...lines: readonly string[]) {
  const { statements, diagnostics } = readHeaders({ text: lines.join('\n'), file: '_headers' });
  return {
    rules: statements.map(({ match, name, value, origin }) => {
      const line = origin.kind === 'written' ? origin.source.line : '';
      return value === null ? `${line} ${match} ! ${name}` : `${line} ${match} ${name}: ${value}`;
    }),
    told: diagnostics.map(({ source, level, message }) => `${source.line} ${level}: ${message}`),
  };
}

describe('what is honoured', () => {
  test.each([
    ['a block', ['/a', '  X-A: 1', '  X-B: 2'], ['2 /a x-a: 1', '3 /a x-b: 2']],
    ['indents mean nothing', ['  /a', 'X-A: 1'], ['2 /a x-a: 1']],
    ['line ends of Windows', ['/a\r', '\tX-A: 1\r', '\r'], ['2 /a x-a: 1']],
    ['a byte order mark', ['\uFEFF/a', 'X-A: 1'], ['2 /a x-a: 1']],
    ['comments and empty lines', ['# c', '', '/a', '# X-B: 2', 'X-A: 1 # no comment'], ['5 /a x-a: 1 # no comment']],
    ['a comment behind a path', ['/a # all of a', 'X-A: 1'], ['2 /a x-a: 1']],
    ['a colon in a value', ['/a', 'X-A: b:c', 'Link: </x>; rel=y'], ['2 /a x-a: b:c', '3 /a link: </x>; rel=y']],
    [
      'what may be a list is joined',
      ['/a', 'Cache-Control: public', 'cache-control: immutable'],
      ['2 /a cache-control: public, immutable'],
    ],
    ['commas stay as they are', ['/a', 'X-A: a,b , c'], ['2 /a x-a: a,b , c']],
    [
      'cookies stay apart',
      ['/a', 'Set-Cookie: a=1', 'Set-Cookie: b=2'],
      ['2 /a set-cookie: a=1', '3 /a set-cookie: b=2'],
    ],
    ['taken away', ['/a', '! X-A', '!X-B'], ['2 /a ! x-a', '3 /a ! x-b']],
    ['taken away and set: the value is meant', ['/a', 'X-A: 1', '! X-A'], ['3 /a ! x-a', '2 /a x-a: 1']],
    ['a path again', ['/a', 'X-A: 1', '/a', 'X-A: 2'], ['2 /a x-a: 1', '4 /a x-a: 2']],
    ['placeholders stay', ['/u/:id/*', 'X-A: :id :splat'], ['2 /u/:id/* x-a: :id :splat']],
  ])('%s', (_, lines, rules) => expect(read(...lines)).toEqual({ rules, told: [] }));
});

describe('what is told', () => {
  test.each([
    ['a header before any path', ['X-A: 1'], '1 error: a path comes before its headers: x-a has none'],
    ['no colon', ['/a', 'X-A = 1', 'X-B: 1'], '2 error: neither a path nor a header; a header is written Name: value'],
    ['no name', ['/a', ': 1', 'X-B: 1'], '2 error: the header has no name; write Name: value'],
    ['no value', ['/a', 'X-A:', 'X-B: 1'], '2 error: X-A has no value; write ! X-A to take the header away'],
    ['a space in a name', ['/a', 'X A: 1', 'X-B: 1'], '2 error: X A: this is no header name'],
    [
      'a value that is no ASCII',
      ['/a', 'X-A: é', 'X-B: 1'],
      '2 error: X-A: a header value has only printable ASCII characters',
    ],
    [
      'taken away with a value',
      ['/a', '! X-A: 1', 'X-B: 1'],
      '2 error: a header that is taken away has no value; write ! Name',
    ],
    [
      "cdnpub's own",
      ['/a', 'x-amz-meta-cache-tag: b', 'X-B: 1'],
      '2 error: x-amz-meta-cache-tag: cdnpub uses this header itself',
    ],
    ['a path without headers', ['/a', '/b', 'X-B: 1'], '1 warning: no headers follow this path; each path has its own'],
    ['a colon behind a path', ['/a:', 'X-B: 1'], '1 warning: the colon belongs to the path; write /a'],
    ['a query', ['/a?b', 'X-B: 1'], '1 warning: a path has no ? and no #: /a is taken for it'],
    [
      'another host',
      ['https://x.org/a/*', 'X-B: 1'],
      '1 error: headers for one host alone cannot be set; write /a/* to set them on every host',
    ],
    [
      'a host without a path',
      ['https://x.org', 'X-B: 1'],
      '1 error: headers for one host alone cannot be set; write /* to set them on every host',
    ],
    [
      "the platform's host",
      ['https://:project.pages.dev/*', 'X-B: 1'],
      '1 notice: https://:project.pages.dev/* is no address of this site; its headers are left aside',
    ],
    [
      'one value twice',
      ['/a', 'X-Frame-Options: DENY', 'x-frame-options: SAMEORIGIN'],
      '2 warning: x-frame-options stands again in line 3, which decides',
    ],
  ])('%s', (_, lines, message) => expect(read(...lines).told).toEqual([message]));

  test('a host of its own sets nothing, and the next path begins anew', () => {
    expect(read('https://x.org/*', 'X-A: 1', '/b', 'X-B: 1').rules).toEqual(['4 /b x-b: 1']);
  });

  test('of two lines for one value the last decides', () => {
    expect(read('/a', 'Content-Type: a/b', 'Content-Type: c/d').rules).toEqual(['3 /a content-type: c/d']);
  });
});

const lineOf = fc.oneof(
  fc.constantFrom(
    '/a',
    '/*',
    '/a/:b/*',
    'X-A: 1',
    'X-B: 2',
    '! X-A',
    '',
    '# c',
    'https://a.pages.dev/*',
    'bad',
    ':',
    '!',
    'X:',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text)),
);

const readText = (lines: readonly string[]) => readHeaders({ text: lines.join('\n'), file: '_headers' });

test('no text makes the reader fail, and what it reads can be sent', () => {
  fc.assert(
    fc.property(fc.array(lineOf, { maxLength: 12 }), (lines) => {
      for (const { name, value } of readText(lines).statements) {
        expect(headerProblem.name(name)).toBeUndefined();
        if (value !== null) expect(headerProblem.value(value)).toBeUndefined();
      }
    }),
  );
});

test('every line changes something or is told', () => {
  const meaning = ({ statements }: ReturnType<typeof readText>) =>
    statements.map(({ match, name, value }) => [match, name, value]);
  fc.assert(
    fc.property(lineOf, (line) => {
      const around = readText(['/z', 'X-Seed: 1', line, 'X-End: 1']);
      const without = readText(['/z', 'X-Seed: 1', '', 'X-End: 1']);
      const means = line.trim() !== '' && !line.trim().startsWith('#');
      const told = around.diagnostics.some(({ source }) => source.line === 3);
      const same = JSON.stringify(meaning(around)) === JSON.stringify(meaning(without));
      expect(told || !same).toBe(means);
    }),
  );
});
