/** Who is deploying a channel now: `lock.json`. It is a lease, judged by S3's clock alone. */
export interface Lock {
  readonly schema: number;
  /** What `cdnpub unlock` takes: `L-1a2b3c`. */
  readonly id: string;
  /** Tells this holder from every other. */
  readonly nonce: string;
  readonly user: string;
  readonly host: string;
  /** Address of the CI run, or null. */
  readonly url: string | null;
  readonly commit: string | null;
  readonly release: string;
  /** Grows with each heartbeat, so that each writes another object. */
  readonly beat: number;
}

/** A lock as it was read, with its age by the server that keeps it. */
export interface SeenLock {
  readonly lock: Lock;
  readonly etag: string;
  /** Milliseconds since the holder's last heartbeat: `Date` minus `Last-Modified` of one and the same answer. */
  readonly ageMs: number;
}

/** How long a lock lives without a heartbeat. */
export const leaseMs = 120_000;
export const heartbeatMs = 20_000;
/** A request that was sent while the lease held may still land this much later. */
export const requestTimeoutMs = 30_000;
