import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Edge } from './edge/create-edge.ts';

export interface SiteServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves what the edge answers on 127.0.0.1; port 0 takes any. */
export async function startSiteServer(edge: Pick<Edge, 'listener'>, port: number): Promise<SiteServer> {
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 0, requestTimeout: 0 }, edge.listener);
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
