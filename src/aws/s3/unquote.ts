/** ETags are compared and kept without their quotes. */
export const unquote = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');
