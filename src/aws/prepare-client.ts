import { renewCredentials } from './sending/renew-credentials.ts';
import type { Sending } from './sending/sending.ts';
import { timeRequests } from './sending/time-requests.ts';
import { type Note, watchClient } from './watch-client.ts';

type Client = Parameters<typeof renewCredentials>[0] &
  Parameters<typeof timeRequests>[0] & { readonly middlewareStack: object };

/** Puts a client under our rules: its requests pass the gate, are counted and timed. Answers how to renew its credentials. */
export function prepareClient(client: Client, sending: Sending, note: Note): () => Promise<void> {
  watchClient(client.middlewareStack as never, sending.gate, note);
  timeRequests(client, sending.clock);
  return renewCredentials(client);
}
