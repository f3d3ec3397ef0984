import { describe, expect, test } from 'vitest';
import { parseXml, xmlChild, xmlDocument, xmlList, xmlText } from '../../../src/local-cloud/xml.ts';

describe('parseXml', () => {
  const rows: [string, string, unknown][] = [
    ['text keeps its spaces', '<K> a </K>', ' a '],
    ['empty element', '<K/>', ''],
    ['entities', '<K>&lt;&amp;&#x41;&#66;&apos;&quot;&gt;</K>', '<&AB\'">'],
    ['control characters by reference', '<K>a&#x1;b&#13;</K>', 'a\u0001b\r'],
    ['CDATA is literal', '<K>x<![CDATA[<&amp;>]]></K>', 'x<&amp;>'],
    ['children without the space between', '<A>\n <B>1</B>\n <C>2</C>\n</A>', { B: '1', C: '2' }],
    ['repeated children are a list', '<A><B>1</B><B>2</B></A>', { B: ['1', '2'] }],
    ['namespace prefixes go', '<n:A xmlns:n="u"><n:B x="1">1</n:B></n:A>', { B: '1' }],
    ['numbers stay text', '<A><B>007</B><C>true</C></A>', { B: '007', C: 'true' }],
    ['emoji', '<A>\u{1f600}&#x1F600;</A>', '\u{1f600}\u{1f600}'],
  ];
  test.each(rows)('%s', (_name, text, tree) => {
    expect(parseXml(text).tree).toEqual(tree);
  });

  test.each(['', 'hello', '<A><B></A>', '<A></A><B></B>', '{}'])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow(SyntaxError);
  });

  test('reads more entities than any safety limit of the parser', () => {
    const keys = Array.from({ length: 3000 }, (_, n) => `a&b<${n}>`);
    const text = xmlDocument('Delete', '', { Object: keys.map((Key) => ({ Key })) });
    expect(xmlList(parseXml(text).tree, 'Object').map((each) => xmlText(each, 'Key'))).toEqual(keys);
  });
});

test('xmlList, xmlChild and xmlText never fail on a missing step', () => {
  const { tree } = parseXml('<A><B><C>1</C></B></A>');
  expect(xmlList(tree, 'X')).toEqual([]);
  expect(xmlList(tree, 'constructor')).toEqual([]);
  expect(xmlList(undefined, 'X')).toEqual([]);
  expect(xmlChild(tree, 'B')).toEqual({ C: '1' });
  expect(xmlText(tree, 'B', 'C')).toBe('1');
  expect(xmlText(tree, 'B')).toBeUndefined();
});

test('xmlDocument writes lists, leaves out undefined and escapes', () => {
  expect(xmlDocument('R', 'urn:x', { A: [1, true], B: undefined, C: { D: '' }, E: '<&>"\r\n\t\u0001' })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n<R xmlns="urn:x"><A>1</A><A>true</A><C><D></D></C>' +
      '<E>&lt;&amp;&gt;&quot;&#xD;\n\t&#x1;</E></R>',
  );
});

test('xmlDocument writes attributes', () => {
  expect(xmlDocument('R', '', { A: { '@x:y': '"', B: '1' } })).toContain('<R><A x:y="&quot;"><B>1</B></A></R>');
});

test.each(['a\u0001b', 'x \r y', '  ', '<&">', '\u{10ffff}\u{e000}'])('%j survives writing and reading', (text) => {
  expect(parseXml(xmlDocument('R', '', { K: text })).tree).toEqual({ K: text });
});
