/** Never asked for: an origin that stands for the site's own, whatever that is. */
const own = 'https://site.invalid';

/**
 * The decoded path of this site that a link leads to; undefined where it leads elsewhere, within the page, or is a
 * template that something fills in later. `base` is a path of the site, or what `<base>` says.
 */
export function resolvePath(url: string, base: string): string | undefined {
  const trimmed = url.trim();
  if (trimmed === '' || trimmed.startsWith('#') || /^(?:[a-z][a-z\d+.-]*:|[/\\]{2})|\{\{|\$\{|<%/i.test(trimmed))
    return undefined;
  if (plain.test(trimmed)) return trimmed.replace(/[?#].*$/s, '');
  try {
    const resolved = new URL(trimmed, new URL(base, own));
    if (resolved.origin !== own) return undefined;
    return decodePath(resolved.pathname).replace(/\/{2,}/g, '/');
  } catch {
    return undefined;
  }
}

/** Most links of most pages: nothing of them is to be resolved or decoded, which takes its time. */
const plain = /^\/(?![^?#]*(?:\.\/|\/\/|\.$|\.[?#]))[\w./-]*(?:[?#]|$)/;

/** As keys are: each segment decoded, NFC. What cannot be decoded stays as it is, and no file is called so. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC');
  } catch {
    return path;
  }
}
