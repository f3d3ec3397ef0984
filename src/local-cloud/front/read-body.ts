import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request's body, read at most once and only when asked for; a client that waits with `Expect` is told to go on. */
export interface BodyReader {
  read(): Promise<Buffer>;
  /** Whether the client still waits for a `100 Continue` that it never got. */
  isAwaited(): boolean;
}

export function createBodyReader(
  request: IncomingMessage,
  response: ServerResponse,
  expects: 'body' | 'continue',
): BodyReader {
  let reading: Promise<Buffer> | undefined;
  return {
    read() {
      if (reading === undefined && expects === 'continue') response.writeContinue();
      reading ??= collect(request);
      return reading;
    },
    isAwaited: () => expects === 'continue' && reading === undefined,
  };
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}
