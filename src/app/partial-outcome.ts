import type { CdnpubError } from '../model/cdnpub-error.ts';
import type { Outcome } from '../model/outcome.ts';

/** Of a run that ended outside its plan's waves with something written, or perhaps written: the next one looks what it was. */
export const partialOutcome = (error: CdnpubError): Outcome => ({
  state: 'partial',
  error,
  ...{ failed: [], uploadedBytes: 0, invalidations: [], resolved: {}, warnings: [] },
});
