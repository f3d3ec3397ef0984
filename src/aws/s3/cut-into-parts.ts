import type { Body } from '../../model/ports.ts';

export interface Part {
  /** From 1. */
  readonly number: number;
  readonly bytes: Buffer;
}

/** Cuts a body into parts of one size, the last one shorter, reading no further than was asked for. */
export async function* cutIntoParts(
  body: Body,
  { partSize, size }: { readonly partSize: number; readonly size: number },
): AsyncGenerator<Part, void, void> {
  const chunks = body.kind === 'stream' ? body.open() : [body.bytes];
  let number = 1;
  let part = Buffer.allocUnsafe(Math.min(partSize, size));
  let filled = 0;
  let cut = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      if (part.length === 0) throw new Error('a body is longer than it was said to be');
      const taken = chunk.subarray(at, at + part.length - filled);
      part.set(taken, filled);
      filled += taken.length;
      at += taken.length;
      if (filled < part.length) continue;
      yield { number, bytes: part };
      number += 1;
      cut += filled;
      filled = 0;
      part = Buffer.allocUnsafe(Math.min(partSize, size - cut));
    }
  }
  if (cut < size) throw new Error('a body is shorter than it was said to be');
}
