import type { InfraStep } from '../../model/infrastructure.ts';
import type { Plan } from '../../model/plan.ts';
import { keyOf } from '../objects/diff-objects.ts';
import { orderWaves } from './order-waves.ts';

/** What waits until edges have forgotten what the rest of a plan changes. */
export interface LatePart {
  readonly keys: readonly string[];
  readonly steps: readonly InfraStep[];
  /** Each change and step as the report names it. */
  readonly names: readonly string[];
}

export function latePart(plan: Plan): LatePart {
  const wave = orderWaves(plan).find(({ name }) => name === 'late');
  const keys = wave?.writes.map(keyOf) ?? [];
  const steps = wave?.infrastructure ?? [];
  const rules = steps.length > 0 ? ['edge rules'] : [];
  return { keys, steps, names: [...keys, ...rules] };
}
