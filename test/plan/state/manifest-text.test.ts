import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Manifest, ManifestEntry } from '../../../src/model/manifest.ts';
import { decodeDocument, encodeDocument } from '../../../src/plan/state/document-text.ts';
import { decodeManifest, encodeManifest } from '../../../src/plan/state/manifest-text.ts';
import { makeAsset } from '../../support/make-asset.ts';
import { makeEntry } from '../../support/make-entry.ts';
import { makeManifest } from '../../support/make-manifest.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const entry: fc.Arbitrary<ManifestEntry> = fc.record({
  key: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
  sha256: text,
  size: fc.maxSafeNat(),
  etag: text,
  lastModified: fc.nat(),
  versionId: optional(text),
  headers: fc.oneof(fc.constant({ 'content-type': 'text/html' }), fc.dictionary(text, text, { maxKeys: 3 })),
  tags: fc.array(text, { maxLength: 2 }),
  retainedSince: optional(fc.nat()),
});
const manifest: fc.Arbitrary<Manifest> = fc
  .record({
    entries: fc.uniqueArray(entry, { maxLength: 8, selector: ({ key }) => key }),
    tombstones: fc.array(
      fc.record({ key: text, sha256: text, headers: fc.constant({ a: 'b' }), deletedAt: fc.nat() }),
      { maxLength: 2 },
    ),
    message: optional(text),
    hold: fc.boolean(),
  })
  .map(({ entries, tombstones, message, hold }) =>
    makeManifest(entries, { tombstones, hold, run: { user: 'ann', host: 'desk', message, ci: null } }),
  );

describe('a manifest', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(manifest, (one) => {
        const read = decodeManifest(encodeManifest(one));
        expect(read).toEqual(one);
        expect([...(read?.entries.keys() ?? [])]).toEqual([...one.entries.keys()]);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('is written the same whatever the order of its entries and headers', () => {
    const [a, b] = [makeEntry(makeAsset('a.html')), makeEntry(makeAsset('b.html'))];
    const turned = { ...a, headers: Object.fromEntries(Object.entries(a.headers).reverse()) };
    const reversed = { ...makeManifest(), entries: new Map([b, turned].map((one) => [one.key, one])) };
    expect(encodeManifest(reversed)).toBe(encodeManifest(makeManifest([a, b])));
  });

  test('is one line a key, and each set of headers stands there once', () => {
    const assets = ['a.html', 'b.html', 'c.txt'].map((key) => makeEntry(makeAsset(key)));
    const lines = encodeManifest(makeManifest(assets)).trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    expect(JSON.parse(lines[0] ?? '').headerSets).toHaveLength(2);
  });
});

const good = encodeManifest(makeManifest([makeEntry(makeAsset('a.html')), makeEntry(makeAsset('b.html'))]));
const [head = '', ...rows] = good.trimEnd().split('\n');
const withHead = (change: object) => [JSON.stringify({ ...JSON.parse(head), ...change }), ...rows].join('\n');

describe('a garbled manifest counts as none', () => {
  test.each([
    ['empty', ''],
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[]'],
    ['XML', '<Error/>'],
    ['cut off in the middle of a line', good.slice(0, -20)],
    ['cut off between lines', [head, rows[0]].join('\n')],
    ['a line too many', `${good}${rows[0]}\n`],
    ['a line that is null', [head, rows[0], 'null'].join('\n')],
    ['a line that is a number', [head, rows[0], '5'].join('\n')],
    ['an unknown header set', [head, rows[0], rows[1]?.replace(',0,0,', ',7,0,')].join('\n')],
    ['no schema', withHead({ schema: undefined })],
    ['no release', withHead({ release: undefined })],
    ['no header sets', withHead({ headerSets: undefined })],
    ['no count', withHead({ count: undefined })],
    ['no tombstones', withHead({ tombstones: undefined })],
    ['no list of releases', withHead({ releases: 'r-1' })],
  ])('%s', (_, garbled) => expect(decodeManifest(garbled)).toBeUndefined());

  test('the text that they garble is good', () => expect(decodeManifest(good)?.entries.size).toBe(2));
});

describe('a newer format is refused, whatever else it holds', () => {
  const newer = expect.objectContaining({ code: 'E_NEWER_STATE' });

  test.each([
    ['the next', withHead({ schema: 2 })],
    ['with other fields', '{"schema":9}'],
    ['with lines that cannot be read', '{"schema":2}\nx'],
  ])('%s', (_, text) => expect(() => decodeManifest(text)).toThrow(newer));

  test('documents too', () => {
    expect(() => decodeDocument('{"schema":2}', 'the site record')).toThrow(newer);
    expect(() => decodeDocument('{"schema":2}', 'the site record')).toThrow(
      'the site record was written by a newer cdnpub (format 2, this one knows 1)',
    );
  });
});

test.each([
  ['{"schema":1,"site":"docs"}', { schema: 1, site: 'docs' }],
  [encodeDocument({ schema: 1, a: ['\u2028'] }), { schema: 1, a: ['\u2028'] }],
  ['', undefined],
  ['{', undefined],
  ['null', undefined],
  ['{"schema":"1"}', undefined],
  ['{}', undefined],
])('the document %j', (text, expected) => expect(decodeDocument(text, 'it')).toEqual(expected));

test('what an earlier cdnpub wrote lacks what came later; of CI runs it knows its own', () => {
  const ci = {
    provider: 'github',
    repository: 'o/r',
    workflow: 'site',
    ref: 'main',
    runNumber: 7,
    url: '',
    commit: '',
  };
  const [head = '', ...lines] = encodeManifest(
    makeManifest([], { run: { user: 'ci', host: 'h', message: null, ci } }),
  ).split('\n');
  const { newestRuns: _, history: __, rolledBackTo: ___, edge: ____, ...early } = JSON.parse(head);
  expect(decodeManifest([JSON.stringify(early), ...lines].join('\n'))).toMatchObject({
    ...{ newestRuns: [ci], history: [], rolledBackTo: null, edge: null },
  });
});
