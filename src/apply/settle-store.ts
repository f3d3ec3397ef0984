import type { Run } from './run.ts';

/** A write to a store says nothing of when edges have it; AWS: "typically within a few seconds". Ours is longer. */
const storeSettleMs = 10_000;

/** Waits until every edge has what this run wrote to the store. */
export const settleStore = ({ ports: { clock }, lastStoreWriteAtMs }: Run): Promise<void> =>
  clock.sleep(Math.max(0, lastStoreWriteAtMs + storeSettleMs - clock.now()));
