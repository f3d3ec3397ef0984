/** Whether a pattern stands for every file of a site. */
export const isSiteWide = (match: string): boolean => /^(?:\/+\*+|\*\*(?:\/\*{1,2})?)$/.test(match);
