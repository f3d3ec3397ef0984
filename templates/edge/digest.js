// Which of 2 to the power of `bits` buckets holds a text, and the bytes after that, of which fingerprints are made.
function bucketOf(text, bits) {
  const digest = crypto.createHash('sha256').update(text).digest();
  const bucket = bits === 0 ? 0 : digest.readUInt32BE(0) >>> (32 - bits);
  return { name: bucket.toString(16), rest: digest.slice(4, 8) };
}
