import type { News, Place, Propagation } from '../../propagation.ts';

/**
 * What the records of one kind were and are, for places that the newest has not reached. Records are replaced and never
 * altered, so that an older one still says what it said.
 */
export interface History<R> {
  /** Takes in what has changed; `settled` where it has reached every place already. */
  note(records: ReadonlyMap<string, R>, how: 'spreading' | 'settled'): void;
  /** The newest that has reached a place. */
  seen(id: string, place: Place): R | undefined;
  allSeen(place: Place): readonly R[];
}

export interface HistoryOptions<R> {
  readonly kind: News['kind'];
  readonly propagation: Propagation;
  readonly now: () => number;
  /** What of a record the edge can see; undefined where it sees nothing of it. The stamp tells two of them apart. */
  readonly changeOf: (
    record: R,
  ) => { readonly stamp: string; readonly at: number; readonly doneAt: number } | undefined;
  /**
   * Whether a new thing is on its way (`spreading`), or there as soon as anything names it. What is deleted is forgotten
   * in the first case and still there, for who names it, in the other.
   */
  readonly firstOnes: 'spreading' | 'at-once';
}

interface Version<R> extends News {
  readonly record: R;
  readonly stamp: string;
  /** What the propagation said, by place. */
  readonly arrivals: Map<Place, number>;
}

export function createHistory<R>(options: HistoryOptions<R>): History<R> {
  const { kind, propagation, now, changeOf, firstOnes } = options;
  const histories = new Map<string, readonly Version<R>[]>();

  function noteOne(id: string, record: R, how: 'spreading' | 'settled'): void {
    const change = changeOf(record);
    const before = histories.get(id) ?? [];
    const last = before.at(-1);
    if (change === undefined || (how === 'spreading' && last?.stamp === change.stamp)) return;
    const isThere = how === 'settled' || (last === undefined && firstOnes === 'at-once');
    const { at, doneAt } = isThere ? long : change;
    const version = { kind, id, serial: (last?.serial ?? 0) + 1, at, doneAt, record, stamp: change.stamp };
    // Every place sees the last that is done, or a newer one.
    const needed = before.slice(
      Math.max(
        0,
        before.findLastIndex((each) => each.doneAt <= now()),
      ),
    );
    histories.set(id, [...(isThere ? [] : needed), { ...version, arrivals: new Map() }]);
  }

  function seen(id: string, place: Place): R | undefined {
    return histories.get(id)?.findLast((version) => arrivalOf(version, place, propagation) <= now())?.record;
  }

  return {
    note(records, how) {
      for (const id of histories.keys()) {
        if ((firstOnes === 'spreading' || how === 'settled') && !records.has(id)) histories.delete(id);
      }
      for (const [id, record] of records) noteOne(id, record, how);
    },
    seen,
    allSeen: (place) => [...histories.keys()].flatMap((id) => seen(id, place) ?? []),
  };
}

/** Times of what arrived long ago. */
const long = { at: Number.NEGATIVE_INFINITY, doneAt: Number.NEGATIVE_INFINITY } as const;

function arrivalOf<R>(version: Version<R>, place: Place, propagation: Propagation): number {
  const known = version.arrivals.get(place);
  if (known !== undefined) return known;
  const arrival = version.doneAt === long.doneAt ? long.doneAt : propagation(place, version);
  version.arrivals.set(place, arrival);
  return arrival;
}
