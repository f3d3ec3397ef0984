import type { Clock } from '../../model/ports.ts';
import type { RequestGate } from '../watch-client.ts';
import type { Limiter } from './create-limiter.ts';

/** What the calls of one run share: time, chance, the gate that may forbid them, and the limiter of S3's. */
export interface Sending {
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly gate: RequestGate;
  readonly limiter: Limiter;
  /** Whether any server has answered yet: before that, a network error more likely lies on our side. */
  heard: boolean;
}
