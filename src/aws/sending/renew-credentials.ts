/** The part of an SDK client that knows its credentials. */
interface Client {
  readonly config: { readonly credentials: (options?: { readonly forceRefresh: boolean }) => Promise<object> };
}

/**
 * Reads a client's credentials again from where they came: a profile's files, a process, a role. Calls that failed
 * with the same credentials cause one reading between them.
 */
export function renewCredentials(client: Client): () => Promise<void> {
  let reading: Promise<void> | undefined;
  return () => {
    reading ??= client.config.credentials({ forceRefresh: true }).then(
      () => {
        reading = undefined;
      },
      (error: unknown) => {
        reading = undefined;
        throw error;
      },
    );
    return reading;
  };
}
