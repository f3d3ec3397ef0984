/** Columns that a text takes in a terminal: two for East Asian wide characters and emoji, none for marks that combine. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (!invisible.test(character)) width += wide.test(character) ? 2 : 1;
  }
  return width;
}

const invisible = /^(?:[\p{Mn}\p{Me}\u200b\u200c]|\u200d|\ufe0e|\ufe0f)$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]$/u;

/** A text with spaces after it, so that it takes this many columns. */
export const padText = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - textWidth(text)));
