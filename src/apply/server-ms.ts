import type { Clock, ObjectStore } from '../model/ports.ts';

/**
 * The time that goes on record, in milliseconds since the epoch: S3's, which all machines that deploy a site share; this
 * machine's own only where no server has answered yet.
 */
export const serverMs = ({ store, clock }: { readonly store: ObjectStore; readonly clock: Clock }): number =>
  store.serverNow() ?? clock.now();
