import { describe, expect, test } from 'vitest';
import { evaluate, requestEvent, runCode } from './run-code.ts';

describe('the runtime has what CloudFront documents', () => {
  const rows: readonly (readonly [expression: string, value: unknown])[] = [
    ['event', requestEvent],
    ["Buffer.from('héllo').toString('hex')", '68c3a96c6c6f'],
    ["Buffer.from('aGk_', 'base64url').toString()", 'hi?'],
    ["Buffer.from('ff00', 'hex').readUInt16BE(0)", 0xff00],
    ["Buffer.from('ff00', 'hex').readInt8(0)", -1],
    ["Buffer.concat([Buffer.from('a'), Buffer.from('bc')]).toString('base64')", 'YWJj'],
    ['(function () { var b = Buffer.alloc(4); return [b.writeUInt32LE(258), b.toJSON().data]; })()', [4, [2, 1, 0, 0]]],
    ["Buffer.from('abcabc').indexOf('ca')", 2],
    ["Buffer.from('abc').slice(1).equals(Buffer.from('bc'))", true],
    ['[Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1))]', [true, false]],
    ["Buffer.alloc(3, 'ab').toString()", 'aba'],
    ["Buffer.byteLength('é')", 2],
    ["Buffer.compare(Buffer.from('a'), Buffer.from('b'))", -1],
    ['new Buffer(1)', 'threw TypeError: Buffer is not a constructor'],
    ["atob('aGk=') + btoa('hi')", 'hiaGk='],
    ["btoa('é€')", 'threw TypeError: invalid characters in the string'],
    ["require('crypto').createHash('md5').update('a').update('b').digest('hex')", '187ef4436122d1cc2f40dc2b92f0eba0'],
    ["require('crypto').createHash('sha256').update('é').digest().length", 32],
    [
      "require('crypto').createHmac('sha256', 'k').update('m').digest('base64url')",
      'tgCQ4wUil661oICInOL8S8qVfnVvrrTffTGADKHncew',
    ],
    ["require('crypto').createHash('sha512')", 'threw TypeError: not supported algorithm: "sha512"'],
    ["require('querystring').parse('name=value&abc=xyz&abc=1%2B2')", { name: 'value', abc: ['xyz', '1+2'] }],
    ["require('querystring').stringify({ name: 'a b', abc: ['x', 'y'], z: '' })", 'name=a%20b&abc=x&abc=y&z='],
    ["require('querystring').unescape('%C3%A9')", 'é'],
    ["require('fs')", 'threw Error: Cannot find module "fs"'],
    ["require('cloudfront')", 'threw Error: Cannot find module "cloudfront"'],
    ['[Date.now(), new Date().getTime(), new Date(5).getTime()]', [1_700_000_000_123, 1_700_000_000_123, 5]],
    ['typeof Date() + (new Date() instanceof Date)', 'stringtrue'],
    ['decodeURIComponent(encodeURIComponent("é/"))', 'é/'],
    ["'x'.padStart(3, '-').replaceAll('-', '+')", '++x'],
  ];
  test.each(rows)('%s', async (expression, value) => {
    expect(await evaluate(expression)).toEqual(value);
  });
});

describe('the module cloudfront ("Helper methods for key value stores")', () => {
  const head = `import cf from 'cloudfront';\nconst kvs = cf.kvs();`;
  const rows: readonly (readonly [expression: string, value: unknown])[] = [
    ["await kvs.get('greeting')", 'héllo'],
    ["await kvs.get('json', { format: 'json' })", { n: [1, 2] }],
    ["(await kvs.get('greeting', { format: 'bytes' })).toString('hex')", '68c3a96c6c6f'],
    ["await kvs.get('missing')", 'threw Error: KeyNotFound'],
    ["[await kvs.exists('json'), await kvs.exists('missing')]", [true, false]],
    [
      'await kvs.meta()',
      { creationDateTime: '1970-01-01T00:00:00.000Z', lastUpdatedDateTime: '1970-01-01T00:00:01.000Z', keyCount: 2 },
    ],
    ['await kvs.count()', 2],
    ["await cf.kvs('0f1e').get('greeting')", 'héllo'],
    ["cf.kvs('other')", 'threw Error: KvsNotFound: no such key value store is associated with the function'],
  ];
  test.each(rows)('%s', async (expression, value) => {
    expect(await evaluate(expression, head)).toEqual(value);
  });

  test('minified: import cf from"cloudfront"', async () => {
    expect(await evaluate("await k.get('greeting')", `import cf from"cloudfront";const k=cf.kvs();`)).toBe('héllo');
  });

  test('a function without a store cannot open one', async () => {
    const code = `import cf from 'cloudfront'; const kvs = cf.kvs(); function handler(e) { return e.request; }`;
    expect(await runCode(code, requestEvent, [])).toMatchObject({
      kind: 'error',
      code: 'FunctionExecutionError',
      message: 'Error: KvsNotFound: no such key value store is associated with the function',
    });
  });
});

describe('a run', () => {
  test('gives back the request, with what was logged', async () => {
    const code = `function handler(event) { console.log('uri', event.request.uri, { a: 1 }); event.request.uri = '/x'; return event.request; }`;
    expect(await runCode(code)).toMatchObject({
      kind: 'request',
      request: { ...requestEvent.request, uri: '/x' },
      logs: ['uri /a%20b/ {"a":1}'],
    });
  });

  test('starts afresh: nothing of the last run is left', async () => {
    const code = `let n = 0; globalThis.seen = (globalThis.seen || 0) + 1; String.prototype.mark = true;
      function handler() { n += 1; return { statusCode: 200, body: n + '/' + globalThis.seen }; }`;
    for (const _ of [1, 2]) expect(await runCode(code)).toMatchObject({ response: { body: '1/1' } });
  });

  test('cuts the logs at 10 KB', async () => {
    const result = await runCode(
      `function handler(e) { for (let i = 0; i < 30; i++) console.log('x'.repeat(1000)); return e.request; }`,
    );
    expect(result.logs.join('').length).toBe(10_240);
  });

  test('survives a promise that is left rejected', async () => {
    const code = `async function f() { throw new Error('later'); } function handler(e) { f(); Promise.reject(1); return e.request; }`;
    expect(await runCode(code)).toMatchObject({ kind: 'request' });
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
});
