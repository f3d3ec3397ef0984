import { CdnpubError } from '../model/cdnpub-error.ts';
import type { ExitCode } from '../model/error-code.ts';
import { type ErrorObject, errorObject } from './deploy-result.ts';

/** What `--json` prints when a command failed before it had anything of its own to say. */
export interface FailureObject {
  readonly schema: 1;
  readonly ok: false;
  readonly exit: ExitCode;
  readonly error: ErrorObject;
}

/** An error as the JSON contract spells it; what is not ours is a bug. */
export function failureObject(error: unknown): FailureObject {
  if (error instanceof CdnpubError) return { schema: 1, ok: false, exit: error.exit, error: errorObject(error) };
  const message = error instanceof Error ? error.message : String(error);
  return {
    schema: 1,
    ok: false,
    exit: 70,
    error: { code: 'E_BUG', message, hints: ['please report this'], details: {} },
  };
}
