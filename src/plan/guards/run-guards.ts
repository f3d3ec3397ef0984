import type { Refusal } from '../../model/plan.ts';
import { emptyGuard, indexGuard, massDeleteGuard, projectGuard, secretsGuard } from './content-guards.ts';
import type { Guard, GuardInput } from './guard.ts';
import { accountGuard, bucketGuard, cdnGuard, contentGuard, siteGuard } from './place-guards.ts';
import { heldGuard, olderGuard } from './run-order-guards.ts';

/** All guards, the one that a user should hear of first at the top: it decides the exit code. */
const guards: readonly Guard[] = [
  accountGuard,
  bucketGuard,
  siteGuard,
  cdnGuard,
  contentGuard,
  heldGuard,
  olderGuard,
  emptyGuard,
  projectGuard,
  indexGuard,
  secretsGuard,
  massDeleteGuard,
];

/** Asks every guard; an empty answer lets the plan through. */
export const runGuards = (input: GuardInput): readonly Refusal[] =>
  guards.map((guard) => guard(input)).filter((refusal) => refusal !== undefined);
