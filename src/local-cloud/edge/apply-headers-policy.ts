import type { EdgeResponseHeadersPolicy } from '../edge-view.ts';
import { type HeaderLines, headerValue, withHeaders, withoutHeaders } from './header-lines.ts';

/**
 * Applies a response headers policy: it "removes the headers first and then adds any headers that are specified in
 * other sections". One that does not override yields to the origin's. "If you remove Server or Date, CloudFront adds
 * its own version"; Date is put on when the answer is sent.
 */
export function applyHeadersPolicy(headers: HeaderLines, policy: EdgeResponseHeadersPolicy): HeaderLines {
  const removed = policy.remove.map((name) => name.toLowerCase());
  const kept = withoutHeaders(headers, removed);
  const served = removed.includes('server') ? withHeaders(kept, [['server', 'CloudFront']]) : kept;
  return policy.set.reduce<HeaderLines>((lines, { name, value, override }) => {
    const lower = name.toLowerCase();
    return override || headerValue(lines, lower) === undefined ? withHeaders(lines, [[lower, value]]) : lines;
  }, served);
}
