import { readSchema } from './read-schema.ts';

/** A small document of the state folder (site record, announcement) as text. */
export const encodeDocument = (document: object): string => `${JSON.stringify(document)}\n`;

/** The document that a text holds, or undefined where it is garbled. Throws `E_NEWER_STATE` for a newer schema. */
export function decodeDocument<T extends { readonly schema: number }>(text: string, what: string): T | undefined {
  try {
    const document = JSON.parse(text) as T;
    readSchema(document, what);
    return document;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
