import { createServer, type IncomingHttpHeaders, type Server, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/local-cloud/clock.ts';
import { createEdge, type EdgeLogEntry } from '../../../src/local-cloud/edge/create-edge.ts';
import type {
  EdgeBehavior,
  EdgeCachePolicy,
  EdgeDistribution,
  EdgeFunction,
  EdgeOriginRequestPolicy,
  EdgeResponseHeadersPolicy,
  EdgeView,
} from '../../../src/local-cloud/edge-view.ts';

/** An answer of the origin that stands for S3. `hold` keeps it back until the promise resolves. */
export interface OriginAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly hold?: Promise<void>;
  /** Ends the connection without an answer. */
  readonly reset?: true;
}

export interface OriginRequestSeen {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** Everything about the edge under test that a test may want otherwise. */
export interface Setup {
  readonly distribution?: Partial<EdgeDistribution>;
  readonly behavior?: Partial<EdgeBehavior>;
  readonly policy?: Partial<EdgeCachePolicy>;
  /** The origin request policy of the name `forward`. */
  readonly forward?: EdgeOriginRequestPolicy;
  readonly headersPolicy?: EdgeResponseHeadersPolicy;
  readonly signed?: boolean;
  /** Viewer-request and viewer-response functions by their text. */
  readonly viewerRequest?: string;
  readonly viewerResponse?: string;
  readonly store?: Readonly<Record<string, string>>;
}

export interface ViewerAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}

const storeArn = 'arn:aws:cloudfront::111122223333:key-value-store/s1';

export const policy: EdgeCachePolicy = {
  minTtlSeconds: 0,
  defaultTtlSeconds: 86_400,
  maxTtlSeconds: 31_536_000,
  gzip: true,
  brotli: true,
  queryStrings: 'none',
  headers: [],
  cookies: 'none',
};

/**
 * Starts an origin of its own, an edge before it and a server that listens for viewers, all on 127.0.0.1. `site` maps
 * the origin's path (with the bucket and the query) to an answer; what is not in it is a 404, as S3 gives it. An answer
 * with an ETag that the request's If-None-Match holds becomes a 304.
 */
export async function startEdge(site: Map<string, OriginAnswer>, setup: Setup = {}) {
  const seen: OriginRequestSeen[] = [];
  const origin = await listen(
    createServer((req, res) => {
      const { method = '', url = '', headers } = req;
      seen.push({ method, target: url, headers });
      const answer = site.get(url) ?? missing;
      if (answer.reset) return void req.socket.destroy();
      const etag = answer.headers?.etag;
      const holds = etag !== undefined && headers['if-none-match'] === etag;
      const reply = () => {
        const length = { 'content-length': String(Buffer.byteLength(answer.body ?? '')) };
        if (holds) return void res.writeHead(304, { etag }).end();
        res.writeHead(answer.status ?? 200, { ...length, server: 'AmazonS3', ...answer.headers });
        res.end(method === 'HEAD' ? undefined : answer.body);
      };
      (answer.hold ?? Promise.resolve()).then(reply);
    }),
  );
  const time = { now: Date.parse('2026-01-01T00:00:00Z') };
  const clock: Clock = { now: () => time.now, after: () => () => {} };
  const invalidated: string[][] = [];
  const log: EdgeLogEntry[] = [];
  const edge = createEdge({
    view: makeView(setup, invalidated),
    clock,
    s3: { host: '127.0.0.1', port: origin.port },
    serviceKey: { accessKeyId: 'EDGEKEY', secretAccessKey: 'edge-secret' },
    seed: 7,
    log: (entry) => log.push(entry),
  });
  const front = await listen(createServer((req, res) => edge.listener(req, res)));
  return {
    edge,
    log,
    seen,
    /** The origin's requests since the last call, as `METHOD target`. */
    fetched: () => seen.splice(0).map(({ method, target }) => `${method} ${target}`),
    invalidate: (...items: string[]) => void invalidated.push(items),
    advance: (seconds: number) => {
      time.now += seconds * 1000;
    },
    get: (path: string, headers: Readonly<Record<string, string | string[]>> = {}, method = 'GET', body?: string) =>
      ask(front.port, { path, headers, method, ...(body === undefined ? {} : { body }) }),
    async stop() {
      edge.close();
      await Promise.all([front.stop(), origin.stop()]);
    },
  };
}

export type StartedEdge = Awaited<ReturnType<typeof startEdge>>;

const missing: OriginAnswer = {
  status: 404,
  headers: { 'content-type': 'application/xml' },
  body: '<Error><Code>NoSuchKey</Code></Error>',
};

function makeView(setup: Setup, invalidated: readonly (readonly string[])[]): EdgeView {
  const distribution = makeDistribution(setup);
  const functions: Readonly<Record<string, string | undefined>> = {
    'fn:request': setup.viewerRequest,
    'fn:response': setup.viewerResponse,
  };
  return {
    distributionByHost: (host) =>
      [distribution.domain, ...distribution.aliases].includes(host) ? distribution : undefined,
    latestDistribution: () => distribution,
    originRequestPolicy: (id) => (id === 'forward' ? setup.forward : undefined),
    cachePolicy: (id) =>
      id === 'disabled' ? { ...policy, defaultTtlSeconds: 0, maxTtlSeconds: 0 } : { ...policy, ...setup.policy },
    responseHeadersPolicy: () => setup.headersPolicy,
    liveFunction(arn): EdgeFunction | undefined {
      const code = functions[arn];
      if (code === undefined) return undefined;
      return { arn, name: arn.slice(3), version: 1, runtime: 'cloudfront-js-2.0', code, storeArns: [storeArn] };
    },
    storeValue: (_arn, key) => setup.store?.[key],
    storeMeta: () => ({ created: 0, updated: 0, keyCount: 0 }),
    invalidations: (_id, taken) =>
      invalidated
        .map((items, i) => ({ serial: i + 1, id: `I${i + 1}`, at: 0, items }))
        .filter(({ serial }) => !taken.has(serial)),
  };
}

function makeDistribution(setup: Setup): EdgeDistribution {
  const behavior: EdgeBehavior = {
    pathPattern: '*',
    targetOriginId: 'site',
    viewerProtocolPolicy: 'redirect-to-https',
    allowedMethods: ['GET', 'HEAD'],
    cachedMethods: ['GET', 'HEAD'],
    compress: true,
    cachePolicyId: 'main',
    ...(setup.headersPolicy === undefined ? {} : { responseHeadersPolicyId: 'headers' }),
    ...(setup.viewerRequest === undefined ? {} : { viewerRequestFunctionArn: 'fn:request' }),
    ...(setup.viewerResponse === undefined ? {} : { viewerResponseFunctionArn: 'fn:response' }),
    ...setup.behavior,
  };
  const origin = {
    id: 'site',
    domainName: 'my.bucket.s3.eu-west-1.amazonaws.com',
    originPath: '',
    customHeaders: {},
    kind: 's3',
    signed: setup.signed ?? true,
  } as const;
  return {
    id: 'E1',
    arn: 'arn:aws:cloudfront::111122223333:distribution/E1',
    domain: 'd111.localhost',
    aliases: ['www.example.com'],
    defaultRootObject: 'index.html',
    origins: [origin, { ...origin, id: 'api', kind: 'custom' }],
    behaviors: [behavior],
    errorResponses: [],
    ...setup.distribution,
  };
}

async function listen(server: Server): Promise<{ readonly port: number; stop(): Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function ask(
  port: number,
  asked: { path: string; headers: Readonly<Record<string, string | string[]>>; method: string; body?: string },
): Promise<ViewerAnswer> {
  return new Promise((resolve, reject) => {
    const length = asked.body === undefined ? {} : { 'content-length': String(asked.body.length) };
    const headers = { host: 'd111.localhost:1', ...length, ...asked.headers };
    const sent = sendRequest({ host: '127.0.0.1', port, path: asked.path, method: asked.method, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('error', reject);
      res.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, statusMessage: statusText = '' } = res;
        resolve({ status, statusText, headers: res.headers, body: bytes.toString(), bytes });
      });
    });
    sent.on('error', reject);
    sent.end(asked.body);
  });
}
