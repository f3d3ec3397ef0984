import { describe, expect, test } from 'vitest';
import { evaluate, runCode } from './run-code.ts';

describe('nothing of the host is within reach ("Restricted features")', () => {
  const evalError = 'threw EvalError: Code generation from strings disallowed for this context';
  const rows: readonly (readonly [expression: string, value: unknown])[] = [
    ["eval('1')", evalError],
    ["new Function('return 1')()", evalError],
    ["this === undefined || this.constructor.constructor('return process')()", true],
    ["event.constructor.constructor('return process')()", evalError],
    ["console.log.constructor('return process')()", evalError],
    ["Buffer.from('a').constructor.constructor('return process')()", evalError],
    ["require('crypto').createHash('md5').update.constructor('return process')()", evalError],
    ["(await kvs.get('json', { format: 'json' })).constructor.constructor('return process')()", evalError],
    ["await kvs.get('no').catch((e) => e.constructor.constructor('return process')())", evalError],
    ['typeof process + typeof setTimeout + typeof fetch + typeof queueMicrotask', 'undefined'.repeat(4)],
    ['typeof Map + typeof Proxy + typeof WebAssembly + typeof Intl', 'undefined'.repeat(4)],
    ['(Date = 1)', "threw TypeError: Cannot assign to read only property 'Date' of object '[object Object]'"],
    [
      '(Error.prepareStackTrace = () => 1)',
      "threw TypeError: Cannot assign to read only property 'prepareStackTrace' of function 'function Error() { [native code] }'",
    ],
    ['(function deep() { try { return deep(); } catch (e) { return e.constructor === RangeError; } })()', true],
  ];
  test.each(rows)('%s', async (expression, value) => {
    expect(await evaluate(expression, `import cf from 'cloudfront'; const kvs = cf.kvs();`)).toEqual(value);
  });

  test("a call of the host at the end of the stack throws the sandbox's own error", async () => {
    const expression = `(function dig() {
      try { return dig(); } catch (e) {
        try { return btoa('x') && 'fine'; } catch (f) { return f instanceof Error; }
      }
    })()`;
    expect([true, 'fine']).toContain(await evaluate(expression));
  });

  test.each([
    'import("x")',
    'import /* a */ ("x")',
    'import // a\n("x")',
    'import<!-- a\n("x")',
    'import\n--> a\n("x")',
  ])('a dynamic import is refused: %s', async (call) => {
    expect(await runCode(`function handler(e) { ${call}; return e.request; }`)).toMatchObject({
      kind: 'error',
      message: 'SyntaxError: dynamic import is not supported',
    });
  });
});

describe('a function that fails to run is a 503 FunctionExecutionError', () => {
  const rows: readonly (readonly [name: string, code: string, message: RegExp])[] = [
    ['throws', `function handler() { null.x; }`, /^TypeError: Cannot read properties of null/],
    ['throws a string', `function handler() { throw 'no'; }`, /^no$/],
    ['rejects', `async function handler() { throw new Error('no'); }`, /^Error: no$/],
    ['throws while it loads', `const a = undefinedName; function handler() {}`, /^ReferenceError: undefinedName/],
    ['never ends', `function handler() { for (;;); }`, /^the function ran longer than 2000 ms$/],
    ['never ends after an await', `async function handler() { await null; for (;;); }`, /^the function ran longer/],
    ['never answers', `function handler() { return new Promise(() => {}); }`, /^the function never returned a value$/],
    ['returns a ring', `function handler() { const a = {}; a.a = a; return a; }`, /circular/],
    ['has no handler', `function main() {}`, /^ReferenceError: "handler" is not defined$/],
    ['is no script', `function handler( {`, /^SyntaxError/],
    ['has a top-level await', `await 1; function handler() {}`, /^SyntaxError/],
    ['is over 10 KB', `function handler(e) { return e.request; }//${'x'.repeat(10_240)}`, /more than 10240$/],
  ];
  test.each(rows)('%s', async (_name, code, message) => {
    const result = await runCode(code);
    expect(result).toMatchObject({ kind: 'error', code: 'FunctionExecutionError', status: 503 });
    expect(result.kind === 'error' && result.message).toMatch(message);
  });

  test('a syntax error tells the line of the function itself', async () => {
    const result = await runCode(`import cf from 'cloudfront';\n\nvar 1;\nfunction handler() {}`);
    expect(result).toMatchObject({ message: 'SyntaxError: Unexpected number in line 3' });
  });

  test('10,240 bytes are allowed', async () => {
    const code = `function handler(e) { return e.request; }//`;
    expect(await runCode(code + 'x'.repeat(10_240 - code.length))).toMatchObject({ kind: 'request' });
  });
});
