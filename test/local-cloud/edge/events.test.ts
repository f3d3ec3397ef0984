import { describe, expect, test } from 'vitest';
import { fromFields, toFields, valuesFromFields } from '../../../src/local-cloud/edge/event-fields.ts';
import { readCookies, readQuery, selectValues } from '../../../src/local-cloud/edge/named-values.ts';
import { readSetCookie, writeSetCookie } from '../../../src/local-cloud/edge/set-cookie.ts';

describe('query strings as functions see them ("Query string, header, and cookie structure")', () => {
  const rows: readonly (readonly [query: string, fields: object])[] = [
    ['', {}],
    ['a=1', { a: { value: '1' } }],
    ['NoValue=', { NoValue: { value: '' } }],
    ['flag', { flag: { value: '' } }],
    ['a=%20b&c=d=e', { a: { value: '%20b' }, c: { value: 'd=e' } }],
    [
      'q=val1&x=2&q=val2,val3',
      { q: { value: 'val1', multiValue: [{ value: 'val1' }, { value: 'val2,val3' }] }, x: { value: '2' } },
    ],
  ];
  test.each(rows)('%s', (query, fields) => {
    expect(toFields(readQuery(query))).toEqual(fields);
  });

  test('__proto__ is a name like others', () => {
    expect(JSON.stringify(toFields(readQuery('__proto__=1')))).toBe('{"__proto__":{"value":"1"}}');
  });
});

describe('what a function changed ("multiValue" rules)', () => {
  const before = toFields(readQuery('a=1&a=2'));
  const rows: readonly (readonly [
    name: string,
    fields: Parameters<typeof fromFields>[0],
    values: readonly string[],
  ])[] = [
    ['nothing', before, ['1', '2']],
    ['value alone', { a: { value: '9', multiValue: [{ value: '1' }, { value: '2' }] } }, ['9', '2']],
    ['multiValue', { a: { value: '1', multiValue: [{ value: '7' }, { value: '8' }] } }, ['7', '8']],
    ['both: multiValue wins', { a: { value: '9', multiValue: [{ value: '7' }] } }, ['7']],
    ['multiValue removed', { a: { value: '9' } }, ['9']],
    ['multiValue added', { b: { value: '1', multiValue: [{ value: '3' }, { value: '4' }] } }, ['3', '4']],
  ];
  test.each(rows)('%s', (_name, fields, values) => {
    expect(fromFields(fields, before).map(({ value }) => value)).toEqual(values);
  });

  test('what is unchanged keeps its spelling, what is new gets an equals sign', () => {
    const query = readQuery('flag&a=1');
    const raw = (values: ReturnType<typeof readQuery>) => values.map((one) => one.raw).join('&');
    expect(raw(valuesFromFields(toFields(query), query))).toBe('flag&a=1');
    expect(raw(valuesFromFields({ ...toFields(query), b: { value: '' } }, query))).toBe('flag&a=1&b=');
  });
});

test('cookies of several lines, in order', () => {
  expect(toFields(readCookies(['a=1; b=x=y', 'a=2']))).toEqual({
    a: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] },
    b: { value: 'x=y' },
  });
});

describe('Set-Cookie ("Cookie attributes")', () => {
  test.each([
    ['cookie1=val1; Secure; Path=/', { name: 'cookie1', value: 'val1', attributes: 'Secure; Path=/' }],
    ['a=b', { name: 'a', value: 'b' }],
    ['a=', { name: 'a', value: '' }],
  ])('%s', (line, cookie) => {
    expect(readSetCookie(line)).toEqual(cookie);
    expect(writeSetCookie(cookie)).toBe(line);
  });
});

test.each([
  ['none', ''],
  ['all', 'a=1,B=2,c'],
  [{ whitelist: ['a', 'b'] }, 'a=1'],
  [{ allExcept: ['a'] }, 'B=2,c'],
] as const)('a policy takes %j', (rule, raw) => {
  expect(
    selectValues(readQuery('a=1&B=2&c'), rule)
      .map((one) => one.raw)
      .join(),
  ).toBe(raw);
});
