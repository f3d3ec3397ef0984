import type { Clock } from '../model/ports.ts';
import type { AwsService } from './aws-service.ts';
import { countRequests, type RequestCounts } from './count-requests.ts';
import { findEndpoint } from './find-endpoint.ts';
import { credentialChain } from './network/credential-chain.ts';
import { type Agents, openAgents } from './network/open-agents.ts';
import { createLimiter } from './sending/create-limiter.ts';
import type { Sending } from './sending/sending.ts';

/** The process environment, handed in by the rim. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConnectOptions {
  readonly env: Environment;
  readonly profile: string | null;
  readonly region: string | null;
  /** Requests in flight to S3 at most; there are as many connections. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Set for the local cloud: its endpoint and key replace whatever the environment says. */
  readonly local: LocalEndpoint | undefined;
}

export interface LocalEndpoint {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What every client of one run shares: where to, who, over which connections, and the count of requests. */
export interface Connection {
  readonly counts: RequestCounts;
  readonly sending: Sending;
  /** Whether S3 stands at an endpoint of the user's own. */
  readonly customEndpoint: boolean;
  /** Whether STS can be asked: not where only S3's endpoint is set. */
  readonly hasSts: boolean;
  clientConfig(service: AwsService, region: string): ClientConfig;
  readonly region: string | null;
  readonly profile: string | null;
  close(): void;
}

export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?:
    | { readonly accessKeyId: string; readonly secretAccessKey: string }
    | ReturnType<typeof credentialChain>;
  readonly forcePathStyle: boolean;
  readonly maxAttempts: 1;
  readonly logger: typeof silent;
  readonly ignoreCache: true;
  readonly cacheMiddleware: true;
  readonly requestHandler: Pick<Agents, 'httpAgent' | 'httpsAgent'> & { readonly connectionTimeout: number };
}

/** The SDK warns on the console of streams that it cannot send again; we can. */
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} } as const;

/** Prepares the clients of one run; sends nothing. Throws `E_CONFIG` for an endpoint or a proxy that is no address. */
export function connect(options: ConnectOptions): Connection {
  const { local, env, clock, random, concurrency } = options;
  const agents = openAgents({ env, connections: concurrency });
  const { httpAgent, httpsAgent } = agents;
  // The SDK's own chain where nothing keeps it from asking by itself.
  const chain = agents.particular ? { credentials: credentialChain({ agents, profile: options.profile }) } : {};
  const endpointOf = (service: AwsService) => local?.endpoint ?? findEndpoint(env, service);
  return {
    counts: countRequests(),
    sending: {
      ...{ clock, random, heard: false },
      gate: { guard: undefined, writesInFlight: 0 },
      limiter: createLimiter({ clock, random, ceiling: concurrency }),
    },
    customEndpoint: endpointOf('s3') !== undefined,
    hasSts: endpointOf('s3') === undefined || endpointOf('sts') !== undefined,
    region: options.region,
    profile: options.profile,
    clientConfig: (service, region) => ({
      region,
      ...endpointConfig(service, endpointOf(service)),
      ...(local === undefined ? { ...profileConfig(options.profile), ...chain } : { credentials: keyOf(local) }),
      // Retries and the time for a request are ours: `sending/`.
      maxAttempts: 1,
      logger: silent,
      // Another program may renew a profile's keys while we run.
      ignoreCache: true,
      cacheMiddleware: true,
      requestHandler: { httpAgent, httpsAgent, connectionTimeout: 10_000 },
    }),
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** An endpoint on an IP address or localhost has no host per bucket. */
function endpointConfig(
  service: AwsService,
  endpoint: string | undefined,
): { readonly endpoint?: string; readonly forcePathStyle: boolean } {
  if (endpoint === undefined) return { forcePathStyle: false };
  // The client puts the account before the endpoint's host, which makes no address of an IP.
  if (service === 'cloudfront_keyvaluestore')
    return { endpoint: endpoint.replace('//127.0.0.1', '//localhost'), forcePathStyle: false };
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  return { endpoint, forcePathStyle: host === 'localhost' || host.startsWith('[') || /^[\d.]+$/.test(host) };
}

const profileConfig = (profile: string | null) => (profile === null ? {} : { profile });

const keyOf = ({ accessKeyId, secretAccessKey }: LocalEndpoint) => ({ accessKeyId, secretAccessKey });
