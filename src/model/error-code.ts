/** Process exit codes: 0 done · 1 partly failed · 2 usage or config · 3 refused · 4 credentials or permission · 5 network or service · 70 a bug. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 70 | 130 | 143;

/** The one closed table of error codes, with the exit code of each. The README lists the same table. */
export const exitCodeOf = {
  E_USAGE: 2,
  E_CONFIG: 2,
  E_DIR: 2,
  E_PARTITION: 2,
  E_REGION: 2,
  E_EDGE_SIZE: 2,
  E_RULES: 2,
  E_EMPTY: 3,
  E_NO_INDEX: 3,
  E_PROJECT_ROOT: 3,
  E_SECRETS: 3,
  E_MASS_DELETE: 3,
  E_CONFIRM: 3,
  E_FOREIGN_BUCKET: 3,
  E_FOREIGN_OBJECT: 3,
  E_ACCOUNT: 3,
  E_LOCKED: 3,
  E_STALE: 3,
  E_OLDER: 3,
  E_HELD: 3,
  E_NEWER_STATE: 3,
  E_CREDENTIALS: 4,
  E_EXPIRED: 4,
  E_PERMISSION: 4,
  E_ACCOUNT_UNVERIFIED: 4,
  E_NETWORK: 5,
  E_SERVICE: 5,
  E_THROTTLED: 5,
  E_TIMEOUT: 5,
  E_PARTIAL: 1,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof exitCodeOf;
