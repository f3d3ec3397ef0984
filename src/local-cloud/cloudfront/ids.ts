import { createHash, randomBytes } from 'node:crypto';

/** Names for new things. The same seed gives the same names in the same order; the state can be saved and taken up. */
export interface Ids {
  /** `E` and 13 upper-case letters or digits: distributions, origin access controls and every ETag. */
  resource(): string;
  /** `I` and 13 of the same: invalidations. */
  invalidation(): string;
  /** `d` and 13 lower-case letters or digits: a distribution's host name. */
  hostLabel(): string;
  /** Policies and KeyValueStores. */
  uuid(): string;
  exportState(): IdsState;
  importState(state: IdsState): void;
}

export interface IdsState {
  readonly seed: string;
  readonly drawn: number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** `seed` is random where none is given. */
export function createIds(seed: string = randomBytes(16).toString('hex')): Ids {
  let state: IdsState = { seed, drawn: 0 };
  const draw = (): Buffer => {
    state = { seed: state.seed, drawn: state.drawn + 1 };
    return createHash('sha256').update(`${state.seed}/${state.drawn}`).digest();
  };
  const letters = (): string => [...draw().subarray(0, 13)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return {
    resource: () => `E${letters()}`,
    invalidation: () => `I${letters()}`,
    hostLabel: () => `d${letters().toLowerCase()}`,
    uuid: () => toUuid(draw().toString('hex')),
    exportState: () => state,
    importState: (saved) => {
      state = saved;
    },
  };
}

function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
