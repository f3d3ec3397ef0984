/**
 * The one spelling under which an edge caches a key: `/` and the key's UTF-8 bytes, all but `A–Z a–z 0–9 - _ . /`
 * percent-encoded in upper-case hex. The viewer-request function hands on the same spelling whatever the viewer typed,
 * so one path invalidates a key completely. It is stricter than a URL must be on purpose: CloudFront refuses a raw `~`
 * in an invalidation and takes `*` for a wildcard.
 */
export function canonicalPath(key: string): string {
  const encoded = encodeURIComponent(key).replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `/${encoded.replaceAll('%2F', '/')}`;
}
