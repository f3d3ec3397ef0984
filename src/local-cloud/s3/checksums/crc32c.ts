/**
 * CRC-32C (Castagnoli; reflected polynomial 0x82F63B78, RFC 3720 B.4) as an unsigned number. `before` is the CRC of what
 * comes before `data`.
 */
export function crc32c(data: Uint8Array, before = 0): number {
  let crc = before ^ 0xffffffff;
  for (let at = 0; at < data.length; at += 1) {
    crc = (table[(crc ^ (data[at] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc >>> 0;
});
