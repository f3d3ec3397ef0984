import { gunzipSync } from 'node:zlib';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Manifest } from '../model/manifest.ts';
import { decodeManifest } from '../plan/state/manifest-text.ts';

/**
 * The manifest or release that an object's bytes hold, or undefined where they are garbled: then nothing is known of
 * what edges hold. Throws `E_NEWER_STATE`.
 */
export function readManifest(bytes: Uint8Array): Manifest | undefined {
  try {
    return decodeManifest(gunzipSync(bytes).toString('utf8'));
  } catch (error) {
    if (error instanceof CdnpubError) throw error;
    return undefined;
  }
}
