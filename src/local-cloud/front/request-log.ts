/** One answered request, as `GET /_cdnpub/requests` gives it. */
export interface LoggedRequest {
  /** Counts from 1, without gaps. */
  readonly n: number;
  /** Server time at which it was answered, milliseconds. */
  readonly at: number;
  readonly service: string;
  readonly op: string;
  /** `service` is the edge asking its origin. */
  readonly caller: string;
  readonly method: string;
  readonly path: string;
  readonly bucket?: string;
  readonly key?: string;
  /** 0 where the connection was cut without an answer. */
  readonly status: number;
  readonly ms: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** The kind of fault that was applied. */
  readonly fault?: string;
}

export interface RequestLog {
  add(entry: Omit<LoggedRequest, 'n'>): void;
  /** Requests from number `since` on, and the number to ask for next. */
  since(since: number): { readonly next: number; readonly requests: readonly LoggedRequest[] };
}

/** Keeps the newest `limit` requests. */
export function createRequestLog(limit = 200_000): RequestLog {
  let entries: LoggedRequest[] = [];
  let next = 1;
  return {
    add(entry) {
      entries.push({ n: next, ...entry });
      next += 1;
      // Cut in halves, so that a full log does not move its whole length at each request.
      if (entries.length >= 2 * limit) entries = entries.slice(-limit);
    },
    since(since) {
      const first = entries[0]?.n ?? next;
      return { next, requests: entries.slice(Math.max(0, since - first)) };
    },
  };
}
