import { Errors } from '@oclif/core';
import { CdnpubError } from '../model/cdnpub-error.ts';

/** An error as one of ours: what oclif says of flags and commands is `E_USAGE`. undefined for a bug. */
export function toCdnpubError(error: unknown): CdnpubError | undefined {
  if (error instanceof CdnpubError) return error;
  if (!(error instanceof Errors.CLIError)) return undefined;
  const message = error.message.replace(/\n?See more help with --help/, '').trim();
  return new CdnpubError('E_USAGE', {
    message: message === '' ? 'the command line could not be read' : message,
    hints: ['cdnpub --help'],
    cause: error,
  });
}
