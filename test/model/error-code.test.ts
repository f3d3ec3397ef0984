import { expect, test } from 'vitest';
import { type ErrorCode, type ExitCode, exitCodeOf } from '../../src/model/error-code.ts';

test('the table of error codes', () => {
  const codes = Object.keys(exitCodeOf) as ErrorCode[];
  const withExit = (exit: ExitCode) => codes.filter((code) => exitCodeOf[code] === exit).join(' ');
  expect({ 1: withExit(1), 2: withExit(2), 3: withExit(3), 4: withExit(4), 5: withExit(5) }).toEqual({
    1: 'E_PARTIAL',
    2: 'E_USAGE E_CONFIG E_DIR E_PARTITION E_REGION E_EDGE_SIZE E_RULES',
    3: 'E_EMPTY E_NO_INDEX E_PROJECT_ROOT E_SECRETS E_MASS_DELETE E_CONFIRM E_FOREIGN_BUCKET E_FOREIGN_OBJECT E_ACCOUNT E_LOCKED E_STALE E_OLDER E_HELD E_NEWER_STATE',
    4: 'E_CREDENTIALS E_EXPIRED E_PERMISSION E_ACCOUNT_UNVERIFIED',
    5: 'E_NETWORK E_SERVICE E_THROTTLED E_TIMEOUT',
  });
});
