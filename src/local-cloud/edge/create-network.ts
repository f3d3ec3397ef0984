import { randomInt } from 'node:crypto';
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { EdgeView } from '../edge-view.ts';
import type { Place } from '../propagation.ts';
import { createEdge, type Edge, type EdgeLogEntry } from './create-edge.ts';
import { type CachedObject, describeCache } from './describe-cache.ts';
import type { EarlyFills } from './edge-cache.ts';
import { popHeader } from './edge-request.ts';
import type { CachedContext } from './look-up-object.ts';
import { createIdMint } from './mint-ids.ts';
import { openCache } from './open-cache.ts';
import type { ServiceKey } from './sign-origin-request.ts';

/** All points of presence of the local CloudFront. */
export interface Network {
  /** For `http.createServer`. A viewer picks a point of presence by `x-cdnpub-pop: N`; else it is number 0. */
  listener(req: IncomingMessage, res: ServerResponse): void;
  /** What lies in each cache now: the points of presence in order, then the regional one where there is one. */
  caches(): readonly CacheContents[];
  close(): void;
}

export interface CacheContents {
  readonly place: Place;
  readonly name: string;
  readonly entries: readonly CachedObject[];
}

export interface NetworkOptions {
  readonly pops: number;
  /** Whether a cache stands between the points of presence and the origin. */
  readonly regional: 'yes' | 'no';
  readonly viewAt: (place: Place) => EdgeView;
  readonly clock: Clock;
  readonly s3: { readonly host: '127.0.0.1'; readonly port: number };
  readonly serviceKey: ServiceKey;
  readonly earlyFills?: EarlyFills;
  readonly seed?: number;
  readonly log?: (entry: EdgeLogEntry) => void;
}

/** Makes points of presence that share nothing but the regional cache; `seed` fixes their names and request ids. */
export function createNetwork({ pops, regional, viewAt, ...options }: NetworkOptions): Network {
  const seed = options.seed ?? randomInt(2 ** 31);
  const region = regional === 'yes' ? openRegion({ ...options, view: viewAt('region'), seed: seed + pops }) : undefined;
  const behind = region === undefined ? {} : { region: region.context };
  const edges = Array.from({ length: pops }, (_, pop) =>
    createEdge({ ...options, ...behind, view: viewAt(pop), seed: seed + pop }),
  );
  return {
    listener(req, res) {
      const edge = pickEdge(edges, req);
      if (edge !== undefined) return edge.listener(req, res);
      res.writeHead(400, { 'content-type': 'text/plain' });
      res.end(`${popHeader} must be a number from 0 to ${pops - 1}.\n`);
    },
    caches: () => [
      ...edges.map((edge, place) => ({ place, name: edge.name, entries: edge.entries() })),
      ...(region === undefined ? [] : [{ place: 'region', name: 'region', entries: region.entries() } as const]),
    ],
    close() {
      for (const edge of edges) edge.close();
      region?.close();
    },
  };
}

function pickEdge(edges: readonly Edge[], { headers }: IncomingMessage): Edge | undefined {
  const asked = headers[popHeader] ?? '0';
  return typeof asked === 'string' && /^\d+$/.test(asked) ? edges[Number(asked)] : undefined;
}

/** The regional cache: it runs no function and has no viewers of its own. */
function openRegion(
  options: Pick<NetworkOptions, 'clock' | 's3' | 'serviceKey' | 'earlyFills'> & {
    readonly view: EdgeView;
    readonly seed: number;
  },
): { readonly context: CachedContext; entries(): readonly CachedObject[]; close(): void } {
  const context: CachedContext = {
    ...options,
    ...openCache(options.view, options.earlyFills),
    via: createIdMint(options.seed).via,
    agent: new Agent({ keepAlive: true, maxSockets: 64 }),
  };
  return { context, entries: () => describeCache(context), close: () => context.agent.destroy() };
}
