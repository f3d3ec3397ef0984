/**
 * CRC-64/NVME (NVM Express, reflected polynomial 0x9A6C9329AC4BC9B5) as 8 bytes, most significant first. `before` is the
 * CRC of what comes before `data`.
 */
export function crc64nvme(data: Uint8Array, before: Buffer = Buffer.alloc(8)): Buffer {
  let high = ~before.readUInt32BE(0);
  let low = ~before.readUInt32BE(4);
  for (let at = 0; at < data.length; at += 1) {
    const index = (low ^ (data[at] ?? 0)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (lowTable[index] ?? 0);
    high = (high >>> 8) ^ (highTable[index] ?? 0);
  }
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(~high >>> 0, 0);
  bytes.writeUInt32BE(~low >>> 0, 4);
  return bytes;
}

// Two halves of 32 bits: numbers hold no 64, and BigInt is some fifty times slower.
const entries = Array.from({ length: 256 }, (_, byte) => {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
  return crc;
});
const highTable = Uint32Array.from(entries, (crc) => Number(crc >> 32n));
const lowTable = Uint32Array.from(entries, (crc) => Number(crc & 0xffffffffn));
