/** How many bytes a text has in UTF-8; the pure rooms have no Buffer. */
export const byteLength = (text: string): number => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, 'x').length;
