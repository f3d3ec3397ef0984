import type { Clock } from '../../model/ports.ts';
import type { Leaving } from './place.ts';

/** How many bytes of bodies may be on their way at once, so that each arrives in time however slow the line is. */
export interface ByteBudget {
  /** Whether so many more may be sent now. A small body always may, and a large one alone. */
  has(bytes: number): boolean;
  take(bytes: number): { give(how: Leaving): void };
  bytesPerSecond(): number | undefined;
}

/** What is on its way at once should have arrived after so long: half of the time that a request has is 15 s. */
const drainSeconds = 10;
/** While the line is unknown. At 30 s a request that is enough for lines of 4.5 Mbit/s. */
const firstBytes = 16 * 1_048_576;
const leastBytes = 8 * 1_048_576;
/** Shorter bodies tell more of the latency than of the line, and do not burden it. */
const tellingBytes = 65_536;

/**
 * Measures the line by what was delivered between the start and the end of each request. A request that had the line
 * to itself measures too little of it, so lower measurements count only where the budget was used up.
 */
export function createByteBudget(clock: Clock): ByteBudget {
  let inFlight = 0;
  let delivered = 0;
  let rate: number | undefined;
  const limit = () => (rate === undefined ? firstBytes : Math.max(leastBytes, rate * drainSeconds));

  function measure(found: number, isFull: boolean): void {
    if (rate === undefined || found > rate) rate = found;
    else if (isFull) rate += (found - rate) / 8;
  }

  return {
    has: (bytes) => bytes < tellingBytes || inFlight === 0 || inFlight + bytes <= limit(),
    take(bytes) {
      const start = { delivered, atMs: clock.monotonic() };
      inFlight += bytes;
      const isFull = inFlight > limit() / 2;
      return {
        give(how) {
          inFlight -= bytes;
          if (how === 'slow' && bytes > 0 && rate !== undefined) rate /= 2;
          if (how !== 'answered') return;
          delivered += bytes;
          const seconds = (clock.monotonic() - start.atMs) / 1000;
          if (bytes >= tellingBytes && seconds > 0) measure((delivered - start.delivered) / seconds, isFull);
        },
      };
    },
    bytesPerSecond: () => rate,
  };
}
