import type { CdnpubError } from './cdnpub-error.ts';
import type { Resolved } from './ref.ts';

/** An item of the plan that could not be done. */
export interface FailedItem {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

export interface MadeInvalidation {
  readonly id: string;
  readonly part: 'main' | 'late';
}

/** What applying a plan came to. A failure is a value: the first failed wave ends the run, what was done stays told. */
export interface Outcome {
  /** `live`: the manifest names this release. `partial`: something was written, and the manifest still names the last one. */
  readonly state: 'unchanged' | 'partial' | 'live';
  readonly failed: readonly FailedItem[];
  /** Why the run ended early. */
  readonly error: CdnpubError | undefined;
  /** Bytes sent as object bodies of the site. */
  readonly uploadedBytes: number;
  readonly invalidations: readonly MadeInvalidation[];
  readonly resolved: Resolved;
  readonly warnings: readonly string[];
}
