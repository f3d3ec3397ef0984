import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** The whole body; undefined where the connection broke before its end. */
export async function readBody(body: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return body.complete ? Buffer.concat(chunks) : undefined;
}
