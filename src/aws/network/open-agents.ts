import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { HttpsProxyAgent } from 'hpagent';
import { findProxy, type HttpProxy } from './find-proxy.ts';
import { readAuthorities } from './read-authorities.ts';

/** The connections of one run, shared by all that it sends, however it is sent. */
export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
  /** Whether whoever makes clients of its own must be given the agents: a proxy or an authority is set. */
  readonly particular: boolean;
}

/** Opens nothing yet. Throws `E_CONFIG` for a proxy or a bundle of certificates that is none. */
export function openAgents({
  env,
  connections,
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** To one host at most. */
  readonly connections: number;
}): Agents {
  const authorities = readAuthorities(env);
  const proxy = findProxy(env);
  const pool = { keepAlive: true, maxSockets: connections };
  const options = { ...pool, ...(authorities === undefined ? {} : { ca: [...authorities] }) };
  return {
    httpAgent: new HttpAgent({ ...pool, lookup: loopbackLookup }),
    httpsAgent: proxy === undefined ? new HttpsAgent(options) : proxyAgent(proxy, options),
    particular: proxy !== undefined || authorities !== undefined,
  };
}

type Connected = (error: Error | null, socket?: unknown) => void;
/** How Node's agents make a connection; its types leave it out. */
type Connect = (options: { readonly host: string; readonly port: number | string }, done: Connected) => unknown;

/** One agent for both ways, since an SDK client takes one: it asks through the proxy or not, host by host. */
function proxyAgent(proxy: HttpProxy, options: { readonly keepAlive: boolean; readonly ca?: string[] }): HttpsAgent {
  const proxyRequestOptions = options.ca === undefined ? {} : { ca: options.ca };
  const agent = new HttpsProxyAgent({ ...options, proxy: proxy.url, proxyRequestOptions });
  const { createConnection: tunnel } = agent as unknown as { readonly createConnection: Connect };
  const { createConnection: direct } = HttpsAgent.prototype as unknown as { readonly createConnection: Connect };
  const createConnection: Connect = (to, done) =>
    proxy.serves(to.host, Number(to.port))
      ? tunnel.call(agent, to, (error, socket) => done(error && named(error, proxy), socket))
      : direct.call(agent, to, done);
  return Object.assign(agent, { createConnection });
}

/** A proxy that does not let one through answers with a status, and its library with an error without a code. */
function named(error: Error & { readonly code?: string }, { url }: HttpProxy): Error {
  if (error.code !== undefined) return error;
  const status = /\d{3}/.exec(error.message)?.[0] ?? 'nothing';
  return Object.assign(new Error(`the proxy ${url.host} answered ${status}`, { cause: error }), {
    name: 'ProxyError',
    code: 'ERR_PROXY',
  });
}

/** `*.localhost` is this machine (RFC 6761); browsers know that, Node's resolver does not. */
const loopbackLookup: LookupFunction = (hostname, options, callback) => {
  if (!/(^|\.)localhost$/.test(hostname)) return systemLookup(hostname, options, callback);
  const address = '127.0.0.1';
  return options.all === true ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4);
};
