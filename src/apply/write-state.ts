import { CdnpubError } from '../model/cdnpub-error.ts';
import type { ApplyPorts } from './run.ts';

interface StateDocument {
  readonly key: string;
  readonly text: string;
  /** ETag that the plan saw, or undefined where the document must not exist yet. */
  readonly etag: string | undefined;
  readonly compress?: true;
}

/** Writes a document of the state folder, only over the version that was read. */
export async function writeState(
  { ports }: { readonly ports: Pick<ApplyPorts, 'store' | 'gzip' | 'digestBytes'> },
  { key, text, etag, compress }: StateDocument,
): Promise<{ readonly etag: string; readonly versionId: string | null }> {
  const bytes = compress === true ? ports.gzip(text) : new TextEncoder().encode(text);
  const result = await ports.store.put({
    key,
    body: { kind: 'bytes', bytes },
    sha256: ports.digestBytes(bytes),
    headers: {
      'content-type': compress === true ? 'application/gzip' : 'application/json',
      'cache-control': 'no-store',
    },
    condition: etag === undefined ? { kind: 'absent' } : { kind: 'matches', etag },
  });
  if (result.kind === 'written') return result;
  throw new CdnpubError('E_STALE', {
    message: `another deploy changed ${key} meanwhile`,
    hints: ['run the same command again: it plans anew'],
  });
}
