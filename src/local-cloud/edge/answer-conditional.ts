import { type HeaderLines, headerValue, withoutHeaders } from './header-lines.ts';

/**
 * Whether a viewer's own copy still holds, so that a 200 becomes a 304 (RFC 9110 section 13): If-None-Match in weak
 * comparison, or else If-Modified-Since.
 */
export function isNotModified(requestHeaders: HeaderLines, answerHeaders: HeaderLines): boolean {
  const wanted = headerValue(requestHeaders, 'if-none-match');
  const etag = headerValue(answerHeaders, 'etag');
  if (wanted !== undefined) return etag !== undefined && matchesWeakly(wanted, etag);
  const since = Date.parse(headerValue(requestHeaders, 'if-modified-since') ?? '');
  const modified = Date.parse(headerValue(answerHeaders, 'last-modified') ?? '');
  return !Number.isNaN(since) && !Number.isNaN(modified) && modified <= since;
}

/** A 304's headers: those of the 200 without the ones that describe a body. */
export function notModifiedHeaders(headers: HeaderLines): HeaderLines {
  return withoutHeaders(headers, [
    'content-length',
    'content-type',
    'content-encoding',
    'content-range',
    'content-language',
  ]);
}

function matchesWeakly(list: string, etag: string): boolean {
  if (list.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return [...list.matchAll(/(?:W\/)?("[^"]*")/g)].some(([, tag]) => tag === opaque);
}
