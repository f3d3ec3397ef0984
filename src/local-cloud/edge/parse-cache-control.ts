/** The directives of a `Cache-Control` header by their lower-case name; '' where one has no value. */
export function parseCacheControl(header: string | undefined): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of (header ?? '').matchAll(directive)) {
    directives.set(name.toLowerCase(), quoted ?? plain);
  }
  return directives;
}

const directive = /([A-Za-z-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,;]*)))?/g;

/** A directive's seconds; undefined where it is absent or no number. */
export function directiveSeconds(directives: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = directives.get(name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
