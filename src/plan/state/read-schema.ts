import { CdnpubError } from '../../model/cdnpub-error.ts';
import { stateSchema } from '../../model/manifest.ts';

/** Refuses state that a newer cdnpub wrote; it is never overwritten. Throws a TypeError where there is no schema at all. */
export function readSchema(document: unknown, what: string): void {
  const schema = (document as { readonly schema?: unknown } | null)?.schema;
  if (typeof schema !== 'number') throw new TypeError(`${what} has no schema`);
  if (schema <= stateSchema) return;
  throw new CdnpubError('E_NEWER_STATE', {
    message: `${what} was written by a newer cdnpub (format ${schema}, this one knows ${stateSchema})`,
    hints: ['npm install cdnpub@latest'],
    details: { schema, known: stateSchema },
  });
}
