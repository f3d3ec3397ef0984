/**
 * Whether a `Host` header names this machine: `localhost`, a name under it, `127.0.0.1` or `[::1]`, with any port.
 * A page of another site that makes its own name resolve to loopback is turned away by this.
 */
export function isLoopbackHost(host: string): boolean {
  return /^(?:(?:[a-z0-9_-]+\.)*localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
}

/** Whether it is the bare machine and no name under it: the only hosts that serve the control paths. */
export function isBareHost(host: string): boolean {
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(host);
}
