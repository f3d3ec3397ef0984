import { escapeName } from '../escape-name.ts';

/**
 * A text that Markdown shows as it is, whatever it holds: everything but letters, digits, spaces, `/` and `-` becomes a
 * character reference, so no name of a file makes a link, a mention or a tag.
 */
export const markdownText = (text: string): string =>
  escapeName(text).replace(/[^\p{L}\p{N} /-]/gu, (c) => `&#${c.codePointAt(0)};`);

/** The same in the type of code. */
export const markdownCode = (text: string): string => `<code>${markdownText(text)}</code>`;
