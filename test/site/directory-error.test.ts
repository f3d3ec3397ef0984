import { expect, test } from 'vitest';
import { directoryError } from '../../src/site/directory-error.ts';

test.each([
  ['EACCES', 'a/b cannot be read: permission denied'],
  ['EPERM', 'a/b cannot be read: permission denied'],
  ['ENOENT', 'a/b vanished while the folder was read'],
  ['EIO', 'a/b cannot be read (EIO)'],
])('%s', (code, message) => {
  expect(directoryError('a/b', code)).toMatchObject({ code: 'E_DIR', message, details: { path: 'a/b', code } });
  expect(directoryError('a/b', code).hints).toHaveLength(1);
});
