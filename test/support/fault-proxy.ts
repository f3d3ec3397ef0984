import {
  Agent,
  createServer,
  type IncomingMessage,
  request as openRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way through the proxy, its body read. */
export interface ProxiedRequest {
  /** Counts from 1 in the order in which they arrive. */
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** What becomes of a request. */
export type Treatment =
  | { readonly kind: 'pass' }
  /** Answered here, and never sent on. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: string }
  /** The connection is cut: before the request is sent on, or after it was answered. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** The connection is cut now, and the request sent on once `until` has come. */
  | { readonly kind: 'late'; readonly until: Promise<unknown> }
  /** The answer's body comes in small pieces. */
  | { readonly kind: 'trickle' }
  /** The answer's body ends in the middle. */
  | { readonly kind: 'tear' };

export interface FaultProxyOptions {
  /** Where requests are sent on to: `http://localhost:PORT`. */
  readonly target: string;
  /** Asked for each request when it has arrived whole. */
  readonly decide: (request: ProxiedRequest) => Treatment | Promise<Treatment>;
  /** Told when the service has answered, before the client is. */
  readonly answered?: (request: ProxiedRequest) => Promise<void>;
}

export interface FaultProxy {
  readonly endpoint: string;
  /** Requests that have arrived. */
  count(): number;
  close(): Promise<void>;
}

/**
 * An HTTP proxy that does to requests what networks and services do. It shares no code with the local cloud, so that a
 * fault which one of them gets wrong is not proved right by the other. Heads pass as they were sent, since signatures
 * cover them.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (incoming, outgoing) => {
    serve({ ...options, agent }, incoming, outgoing, () => {
      count += 1;
      return count;
    }).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://localhost:${(server.address() as AddressInfo).port}`,
    count: () => count,
    close: () => closeAll(server, agent),
  };
}

async function closeAll(server: Server, agent: Agent): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  agent.destroy();
  await closed;
}

interface Way extends FaultProxyOptions {
  readonly agent: Agent;
}

async function serve(way: Way, incoming: IncomingMessage, outgoing: ServerResponse, number: () => number) {
  const body = await readAll(incoming);
  const { method = 'GET', url = '/', headers } = incoming;
  const request = { index: number(), method, path: url, headers, body };
  const treatment = await way.decide(request);
  if (treatment.kind === 'refuse') return void refuse(outgoing, request, treatment);
  if (treatment.kind === 'late') {
    outgoing.destroy();
    await treatment.until;
  }
  if (treatment.kind === 'cut' && treatment.when === 'before') return void outgoing.destroy();
  const answer = await sendOn(way, incoming, body);
  const bytes = await readAll(answer);
  await way.answered?.(request);
  if (treatment.kind === 'cut' || treatment.kind === 'late') return void outgoing.destroy();
  outgoing.sendDate = false;
  outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
  if (treatment.kind === 'tear' && bytes.length > 1) return void tear(outgoing, bytes);
  if (treatment.kind === 'trickle') await trickle(outgoing, bytes);
  else outgoing.end(bytes);
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function sendOn({ target, agent }: Way, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, url, rawHeaders } = incoming;
  const { port } = new URL(target);
  return new Promise((resolve, reject) => {
    const sent = openRequest({ host: '127.0.0.1', port, method, path: url, headers: rawHeaders, agent }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

/** An error in the words of the service that was asked: XML of S3 and CloudFront, JSON of the KeyValueStore. */
function refuse(
  outgoing: ServerResponse,
  { path, method, headers }: ProxiedRequest,
  { status, code }: Extract<Treatment, { kind: 'refuse' }>,
): void {
  const error = `<Code>${code}</Code><Message>The proxy refuses this request.</Message>`;
  const scope = headers.authorization ?? '';
  const isStore = scope.includes('/cloudfront-keyvaluestore/') || scope.includes('ECDSA');
  const isS3 = /\/s3\/aws4_request/.test(scope);
  const text = isStore
    ? JSON.stringify({ Message: code })
    : isS3
      ? `<?xml version="1.0"?><Error>${error}<Resource>${path.replace(/[<&]/g, '')}</Resource></Error>`
      : `<?xml version="1.0"?><ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`;
  outgoing.writeHead(status, {
    'content-type': isStore ? 'application/json' : 'text/xml',
    ...(isStore ? { 'x-amzn-errortype': code } : {}),
    'content-length': Buffer.byteLength(text),
  });
  outgoing.end(method === 'HEAD' ? '' : text);
}

/** Half of the body, then the end of the connection. */
function tear(outgoing: ServerResponse, bytes: Buffer): void {
  outgoing.write(bytes.subarray(0, bytes.length >> 1), () => outgoing.destroy());
}

async function trickle(outgoing: ServerResponse, bytes: Buffer): Promise<void> {
  const step = Math.max(1, Math.ceil(bytes.length / 8));
  for (let at = 0; at < bytes.length; at += step) {
    outgoing.write(bytes.subarray(at, at + step));
    await new Promise((resolve) => setImmediate(resolve));
  }
  outgoing.end();
}
