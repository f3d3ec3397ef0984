import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Network } from './edge/create-network.ts';

export interface SiteServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves what the points of presence answer on 127.0.0.1; port 0 takes any. */
export async function startSiteServer(network: Pick<Network, 'listener'>, port: number): Promise<SiteServer> {
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 0, requestTimeout: 0 }, network.listener);
  server.headersTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
