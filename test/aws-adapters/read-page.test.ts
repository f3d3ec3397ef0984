import { expect, test } from 'vitest';
import { readPage } from '../../src/aws/s3/bulk/read-page.ts';

const object = (key: string, etag = '&quot;a1&quot;', size = '7') =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-22T10:15:00.250Z</LastModified><ETag>${etag}</ETag><Size>${size}</Size></Contents>`;

const page = (inner: string, head = '<EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>${head}${inner}</ListBucketResult>`;

test.each([
  ['a slash stays', 'a/b.html', 'a/b.html'],
  ['a plus is a space, an escaped one is a plus', 'a+b%2Bc', 'a b+c'],
  ['bytes of UTF-8', 'caf%C3%A9%20%E6%97%A5', 'café 日'],
  ['a control character', 'a%01b', 'a\u0001b'],
  ['an escape that is a part of the name', '100%2525', '100%25'],
  ['the names of tags', '%3CKey%3E%26amp%3B', '<Key>&amp;'],
])('a key that is encoded as `url`: %s', (_, written, key) => {
  expect(readPage(page(object(written))).objects.map((found) => found.key)).toEqual([key]);
});

test.each([
  ['entities', 'a&amp;b&#39;&#x2F;c&lt;', "a&b'/c<"],
  ['a plus and a percent sign', 'a+b%20c', 'a+b%20c'],
])('a key of a store that does not encode: %s', (_, written, key) => {
  const { objects } = readPage(page(object(written), '<IsTruncated>false</IsTruncated>'));
  expect(objects.map((found) => found.key)).toEqual([key]);
});

test.each([
  ['quoted by an entity', '&quot;d41d8cd9-2&quot;', 'd41d8cd9-2'],
  ['quoted', '"d41d8cd9"', 'd41d8cd9'],
  ['by a number', '&#34;d41d8cd9&#34;', 'd41d8cd9'],
  ['bare', 'd41d8cd9', 'd41d8cd9'],
])('an ETag: %s', (_, written, etag) => {
  expect(readPage(page(object('k', written))).objects).toEqual([{ key: 'k', etag, size: 7, lastModified: 1795342500 }]);
});

test('fields are found in any order, among others, and a large size is whole', () => {
  const checksums = '<ChecksumAlgorithm>SHA256</ChecksumAlgorithm><ChecksumAlgorithm>CRC32</ChecksumAlgorithm>';
  const owner = '<Owner><ID>x</ID><DisplayName>Key</DisplayName></Owner>';
  const text = `<Contents>${checksums}<Size>5000000000000</Size>${owner}<ETag>e</ETag><LastModified>2026-11-22T10:15:00Z</LastModified><Key>k</Key></Contents>`;
  expect(readPage(page(text)).objects).toEqual([
    { key: 'k', etag: 'e', size: 5_000_000_000_000, lastModified: 1795342500 },
  ]);
});

test.each([
  ['the last page', '<IsTruncated>false</IsTruncated>', undefined],
  [
    'a token is unescaped',
    '<IsTruncated>true</IsTruncated><NextContinuationToken>1/a&amp;b==</NextContinuationToken>',
    '1/a&b==',
  ],
  [
    'a token without more to come',
    '<IsTruncated>false</IsTruncated><NextContinuationToken>x</NextContinuationToken>',
    undefined,
  ],
])('what comes next: %s', (_, head, next) => {
  expect(readPage(page('', head))).toEqual({ objects: [], next });
});
