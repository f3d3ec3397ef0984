import type { ServerResponse } from 'node:http';

/**
 * Lets nothing of the account's be applied between a request that a `kill` rule struck and the end of the hook that
 * kills the client, so that the request before it is the last that happened.
 */
export interface KillGate {
  shut(): void;
  open(): void;
  /** Waits until no client is being killed; false where the one who asks has gone meanwhile. */
  pass(response: ServerResponse): Promise<boolean>;
}

export function createKillGate(): KillGate {
  let kills = 0;
  let waiting: (() => void)[] = [];
  return {
    shut() {
      kills += 1;
    },
    open() {
      kills -= 1;
      if (kills > 0) return;
      const all = waiting;
      waiting = [];
      for (const go of all) go();
    },
    async pass(response) {
      if (kills === 0) return true;
      while (kills > 0) await new Promise<void>((resolve) => waiting.push(resolve));
      await untilPolled();
      return !hasGone(response);
    },
  };
}

/** The end of a client's connections lies in the sockets when its process is gone; it is read within a few turns. */
async function untilPolled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

function hasGone(response: ServerResponse): boolean {
  const { socket } = response;
  return socket === null || socket.destroyed || socket.readableEnded;
}
