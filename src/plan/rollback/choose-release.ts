import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { Manifest } from '../../model/manifest.ts';

/**
 * Id of the release to go back to: the one that was typed, else the one before the live one. Throws `E_USAGE` where
 * there is none, or none of that id is kept. Without a manifest nothing is known of releases but what was typed.
 */
export function chooseRelease(manifest: Manifest | undefined, typed: string | undefined): string {
  if (typed !== undefined) {
    if (manifest === undefined || manifest.releases.includes(typed)) return typed;
    throw unknownRelease(typed);
  }
  const [, before] = manifest?.releases ?? [];
  if (before !== undefined) return before;
  throw new CdnpubError('E_USAGE', {
    message: manifest === undefined ? 'nothing is known of what is live' : 'there is no release before the live one',
    hints: ['cdnpub releases'],
  });
}

/** A release that was never finished, or is no longer kept. */
export const unknownRelease = (id: string): CdnpubError =>
  new CdnpubError('E_USAGE', {
    message: `there is no release ${id}: it was never finished, or is no longer kept`,
    hints: ['cdnpub releases'],
    details: { release: id },
  });
