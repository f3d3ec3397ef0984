import { CdnpubError } from '../model/cdnpub-error.ts';

/** `E_DIR` for what went wrong with a path of the build, by the code of the system's error (`EACCES`, `ENOENT`, …). */
export function directoryError(path: string, code: string, cause?: unknown): CdnpubError {
  const { message, hint } = textOf(path, code);
  return new CdnpubError('E_DIR', { message, hints: [hint], details: { path, code }, cause });
}

/** The code of a system error, or `undefined` for anything else that was thrown. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

function textOf(path: string, code: string): { message: string; hint: string } {
  if (code === 'EACCES' || code === 'EPERM') {
    return { message: `${path} cannot be read: permission denied`, hint: 'make it readable for this user' };
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return { message: `${path} vanished while the folder was read`, hint: whenFinished };
  }
  return { message: `${path} cannot be read (${code})`, hint: 'look at the disk and the file' };
}

export const whenFinished = 'run again when the build is finished';
