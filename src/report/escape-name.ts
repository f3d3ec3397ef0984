/** A name from disk or from a bucket, safe for a terminal: control characters and bidirectional overrides are spelled out. */
export const escapeName = (name: string): string =>
  name.replace(unsafe, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);

const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
