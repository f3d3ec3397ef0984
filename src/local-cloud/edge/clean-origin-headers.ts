import { type HeaderLines, headerValue } from './header-lines.ts';

/**
 * The origin's headers as they are kept and sent on: without those of one connection (RFC 9110 section 7.6.1), without
 * those that CloudFront sets itself, and without Set-Cookie unless cookies are in the cache key ("if you configure
 * CloudFront to forward cookies, it will forward the Set-Cookie header field").
 */
export function cleanOriginHeaders(
  headers: HeaderLines,
  options: { readonly cookies: 'kept' | 'dropped' },
): HeaderLines {
  const listed = (headerValue(headers, 'connection') ?? '').split(',').map((name) => name.trim().toLowerCase());
  return headers.filter(
    ([name]) =>
      !hopByHop.includes(name) &&
      !listed.includes(name) &&
      !ownHeaders.test(name) &&
      (name !== 'set-cookie' || options.cookies === 'kept'),
  );
}

const hopByHop: readonly string[] = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
];

const ownHeaders = /^(?:age|via|x-cache|x-amz-cf-.*|x-edge-.*)$/;
