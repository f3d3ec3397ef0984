import { type Agent, type IncomingHttpHeaders, request } from 'node:http';

export interface EdgeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

export interface AskOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Without one, the request has a connection of its own. */
  readonly agent?: Agent;
}

/**
 * Asks for a path exactly as it is spelled. `host` is `NAME:PORT`; the name goes into the
 * Host header and the connection to 127.0.0.1, as Node does not resolve `*.localhost`.
 */
export function fetchEdge(host: string, path: string, options: AskOptions = {}): Promise<EdgeAnswer> {
  const { method = 'GET', headers = {}, agent = false } = options;
  const port = Number(host.split(':')[1]);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, host }, agent },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const bytes = Buffer.concat(parts);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}
