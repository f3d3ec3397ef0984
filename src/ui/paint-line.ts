const colours: Readonly<Record<string, number>> = {
  ...{ '+': 32, '✔': 32, '~': 33, '!': 33, h: 36, '-': 31, '✖': 31 },
};

/** The glyph that a line begins with in its colour, which underlines what the words say already. */
export const paintLine = (line: string): string =>
  line.replace(/^( {2,4})([+~h✔✖!-])(?= )/, (_, indent: string, glyph: string) => {
    return `${indent}\u001b[${colours[glyph] ?? 39}m${glyph}\u001b[39m`;
  });
