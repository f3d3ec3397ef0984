import type { LoggedRequest } from '../../src/local-cloud/front/request-log.ts';

export type { LoggedRequest } from '../../src/local-cloud/front/request-log.ts';

/** Requests of the cloud's log from a number on, those of the edge to its origin left out. */
export async function readLog(
  endpoint: string,
  since = 0,
): Promise<{ readonly next: number; readonly requests: readonly LoggedRequest[] }> {
  const answer = await fetch(`${endpoint}/_cdnpub/requests?since=${since}`);
  const log = (await answer.json()) as { readonly next: number; readonly requests: readonly LoggedRequest[] };
  return { next: log.next, requests: log.requests.filter(({ caller }) => caller !== 'service') };
}

/** Those that could change something, whatever became of them. */
export const writesOf = (requests: readonly LoggedRequest[]): readonly LoggedRequest[] =>
  requests.filter(({ service, op }) => service !== 'sts' && !/^(?:Get|Head|List|Describe|Test)/.test(op));
