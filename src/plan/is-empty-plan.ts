import type { Plan } from '../model/plan.ts';
import { isWork } from './change-summary.ts';

/** A plan with nothing to do: no object, no infrastructure, no unfinished run to clear up after, no hold to begin. Nothing is written. */
export const isEmptyPlan = (plan: Plan): boolean =>
  plan.infrastructure.length === 0 &&
  plan.takesOver.length === 0 &&
  plan.rollback?.beginsHold !== true &&
  !plan.changes.some(isWork);
