import { type ErrorCode, type ExitCode, exitCodeOf } from './error-code.ts';

export interface ErrorParts {
  /** What happened, with the names; one sentence without the code. */
  readonly message: string;
  /** What to type or do next, most useful first. */
  readonly hints?: readonly string[];
  /** Facts for programs; never a secret. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Exit code, where it is not the code's own: an interrupted run ends as a shell expects. */
  readonly exit?: ExitCode;
}

/** The one error class: all that a user can meet. Anything else that is thrown is a bug and keeps its stack. */
export class CdnpubError extends Error {
  readonly code: ErrorCode;
  readonly exit: ExitCode;
  readonly hints: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, parts: ErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'CdnpubError';
    this.code = code;
    this.exit = parts.exit ?? exitCodeOf[code];
    this.hints = parts.hints ?? [];
    this.details = parts.details ?? {};
  }
}
