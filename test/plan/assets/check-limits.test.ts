import { expect, test } from 'vitest';
import type { Asset } from '../../../src/model/asset.ts';
import { checkLimits } from '../../../src/plan/assets/check-limits.ts';

const asset = (parts: Partial<Asset>): Asset => ({
  key: 'a',
  source: 'a',
  size: 1,
  sha256: '',
  class: 'other',
  headers: {},
  ...parts,
});

test.each([
  ['a key of 1,024 bytes', asset({ key: 'a'.repeat(1_024) }), '', undefined],
  ['a key of 1,025 bytes', asset({ key: 'a'.repeat(1_025) }), '', /1025 bytes/],
  [
    'a key that is too long with the prefix alone',
    asset({ key: 'a'.repeat(1_020) }),
    'docs/',
    /1025 bytes with the prefix docs/,
  ],
  ['few characters of many bytes', asset({ key: '漢'.repeat(342) }), '', /1026 bytes/],
  ['5 GB', asset({ size: 5 * 1_024 ** 3 }), '', undefined],
  ['a byte more', asset({ size: 5 * 1_024 ** 3 + 1 }), '', /larger than 5 GB/],
])('%s', (_, one, prefix, message) => {
  const check = () => checkLimits([one], prefix);
  if (message === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(message);
});
