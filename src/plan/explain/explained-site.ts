import type { StoredHeaders } from '../../model/asset.ts';
import type { EdgeSecret } from '../../model/edge-program.ts';
import type { EdgeLayout, EdgeSource } from '../../model/edge-source.ts';
import type { PlannedHeaders } from '../headers/plan-headers.ts';

/** A site as requests are explained for it: a build that would be published, or what is on record of the live one. */
export interface ExplainedSite {
  readonly from: 'build' | 'live';
  readonly site: string;
  /** The live release; null of a build. */
  readonly release: string | null;
  readonly source: EdgeSource;
  readonly layout: EdgeLayout | null;
  readonly objects: ReadonlyMap<string, ExplainedObject>;
  /** Which rules said what; null where only the outcome is on record. */
  readonly rules: Pick<PlannedHeaders, 'statements' | 'policy'> | null;
  /** What the store holds besides what programs bring: whether the site is closed, and secrets, which are never told. */
  readonly store: ReadonlyMap<string, string>;
  /** What the store would hold of a secret; null where it does already, or where nobody knows the secrets. */
  readonly secretValue: ((secret: EdgeSecret) => string) | null;
  /** The site's own names, lower case. */
  readonly hosts: readonly string[];
  readonly warnings: readonly string[];
}

export interface ExplainedObject {
  readonly headers: StoredHeaders;
  /** Cache tags stored with it. */
  readonly tags: readonly string[];
}
