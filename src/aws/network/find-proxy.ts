import { CdnpubError } from '../../model/cdnpub-error.ts';

/** A proxy, and the hosts that are asked without it. */
export interface HttpProxy {
  readonly url: URL;
  /** Whether a host is asked through the proxy. */
  serves(host: string, port: number): boolean;
}

/**
 * The proxy of `HTTPS_PROXY` (or `https_proxy`), with the exceptions of `NO_PROXY` (or `no_proxy`): hosts, domains with
 * or without a leading dot, perhaps with a port, or `*`. This machine itself is never asked through one. Throws
 * `E_CONFIG` for what is no address of a proxy.
 */
export function findProxy(env: Readonly<Record<string, string | undefined>>): HttpProxy | undefined {
  const text = env.HTTPS_PROXY || env.https_proxy;
  if (!text) return undefined;
  const url = readUrl(text);
  const exceptions = (env.NO_PROXY || env.no_proxy || '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
  return {
    url,
    serves: (host, port) =>
      !isLoopback(host) && !exceptions.some((entry) => isExcepted(host.toLowerCase(), port, entry)),
  };
}

/** As curl reads it: without a scheme it is HTTP. */
function readUrl(text: string): URL {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return new URL(address);
  // The address may hold a password, so it is not shown.
  throw new CdnpubError('E_CONFIG', {
    message: 'HTTPS_PROXY is no address of an HTTP proxy',
    hints: ['HTTPS_PROXY=http://proxy.example.com:3128', 'take it away to ask without a proxy'],
    details: { source: 'HTTPS_PROXY' },
  });
}

const isLoopback = (host: string): boolean =>
  /(?:^|\.)localhost$/i.test(host) || /^127\.\d+\.\d+\.\d+$/.test(host) || /^\[?::1\]?$/.test(host);

function isExcepted(host: string, port: number, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = '', only] = /^(.+?)(?::(\d+))?$/.exec(entry) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}
