import { resolve } from 'node:path';
import type { LocalEndpoint } from '../aws/connect.ts';
import { startCloud } from './start-cloud.ts';

/** A local cloud to deploy to: one that `dev` is running, or one of our own for as long as the command runs. */
export interface LocalSession {
  readonly local: LocalEndpoint;
  /** Started here and ended by `close`; else another process runs it. */
  readonly own: boolean;
  /** Where a local distribution answers. */
  urlOf(domain: string): string;
  close(): Promise<void>;
}

/** Where the local cloud keeps its state, below the folder that the command runs in. */
export const localStateDir = (cwd: string): string => resolve(cwd, '.cdnpub/local');

/** Joins the local cloud that holds the state folder, else starts one. */
export async function openLocalSession(stateDir: string): Promise<LocalSession> {
  const { findRunningCloud } = await import('../local-cloud/state/find-running-cloud.ts');
  const running = await findRunningCloud(stateDir);
  if (running !== undefined) {
    return { local: running, own: false, urlOf: (domain) => urlOf(running.siteUrl, domain), close: async () => {} };
  }
  const cloud = await startCloud({ stateDir });
  return { local: cloud, own: true, urlOf: (domain) => cloud.urlOf(domain), close: () => cloud.close() };
}

/** A distribution's own host name on the port that serves all sites. */
function urlOf(siteUrl: string, domain: string): string {
  const url = new URL(siteUrl);
  return `http://${domain}:${url.port}`;
}
