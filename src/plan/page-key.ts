/** Page means `*.html`, `*.htm` and `*.xhtml`. */
export const isPageKey = (key: string): boolean => /\.(html?|xhtml)$/i.test(key);
