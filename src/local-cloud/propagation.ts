import { createHash } from 'node:crypto';

/** Server time in milliseconds from which a place sees a piece of news. */
export type Propagation = (place: Place, news: News) => number;

/** A cache of CloudFront's: a point of presence by its number from 0, or the regional one between them and the origin. */
export type Place = number | 'region';

/** A change that the control plane has accepted and that reaches each place at a time of its own. */
export interface News {
  readonly kind: 'distribution' | 'policy' | 'function' | 'store' | 'invalidation';
  /** Id or ARN of what it is about. */
  readonly id: string;
  /** Counts the changes of that one thing from 1. */
  readonly serial: number;
  /** When it was accepted, milliseconds of the server's clock. */
  readonly at: number;
  /** When every place sees it, and `Deployed` or `Completed` may be said. */
  readonly doneAt: number;
}

/** Which share of the time from `at` to `doneAt` passes before a place sees it, from 0 (at once) to 1 (as the last). */
export type Lag = (place: Place, news: News) => number;

/**
 * Where an invalidation arrives first. `first`: the regional cache is clean before any point of presence is, so that
 * none is filled with what was invalidated. `last`: the other way round, which leaves old objects behind.
 * `none`: there is no regional cache.
 */
export type RegionOrder = 'first' | 'last' | 'none';

export function createPropagation(options: { readonly lag: Lag; readonly region: RegionOrder }): Propagation {
  return (place, news) => {
    const { begin, end } = windowOf(place, news, options.region);
    const share = begin + options.lag(place, news) * (end - begin);
    // What arrives at once does so even where the clock was set back meanwhile.
    return share === 0 ? Number.NEGATIVE_INFINITY : news.at + share * (news.doneAt - news.at);
  };
}

/** Of a cloud with one place: it sees everything at once, but writes to a store when they have settled. */
export const plainLag: Lag = (_, { kind }) => (kind === 'store' ? 1 : 0);

/** Lags that look random, independent of each other and the same for the same seed. */
export function seededLag(seed: string): Lag {
  return (place, { kind, id, serial }) => {
    const digest = createHash('sha256')
      .update(JSON.stringify([seed, place, kind, id, serial]))
      .digest();
    return (digest.readUInt32BE(0) + 1) / 2 ** 32;
  };
}

/** The part of the time in which a kind of place hears of it. */
function windowOf(place: Place, { kind }: News, region: RegionOrder): { readonly begin: number; readonly end: number } {
  if (kind !== 'invalidation' || region === 'none') return { begin: 0, end: 1 };
  const isEarly = (place === 'region') === (region === 'first');
  return isEarly ? { begin: 0, end: 0.5 } : { begin: 0.5, end: 1 };
}
