import type { FunctionRequest, FunctionResponse } from './function-event.ts';

/** How one run of a function ended. */
export type FunctionResult = FunctionOutcome & {
  /** What `console.log` wrote, a line each; CloudFront truncates a run's logs at 10 KB. */
  readonly logs: readonly string[];
  /** Time on this machine in milliseconds: a hint, and no measure of CloudFront's compute utilisation. */
  readonly elapsedMs: number;
};

export type FunctionOutcome =
  | { readonly kind: 'request'; readonly request: FunctionRequest }
  | { readonly kind: 'response'; readonly response: FunctionResponse }
  | { readonly kind: 'error'; readonly code: FunctionErrorCode; readonly status: number; readonly message: string };

export type FunctionErrorCode = 'FunctionExecutionError' | 'FunctionValidationError' | 'FunctionThrottledError';

/**
 * The status that a viewer gets where a function fails: 502 where it ran and returned invalid data ("Restrictions on
 * edge functions"), 503 where it could not run to its end.
 */
const statuses = {
  FunctionExecutionError: 503,
  FunctionValidationError: 502,
  FunctionThrottledError: 503,
} as const satisfies Record<FunctionErrorCode, number>;

export function functionError(code: FunctionErrorCode, message: string): FunctionOutcome {
  return { kind: 'error', code, status: statuses[code], message };
}
