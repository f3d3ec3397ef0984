import { canonicalPath } from '../../edge/canonical-path.ts';
import { CdnpubError } from '../../model/cdnpub-error.ts';

/**
 * Paths that a person typed, as items of an invalidation. A path may be a page's address (`/docs/`), the name of a file
 * or a prefix that ends in `*`; any percent-encoding is read. An address becomes every published key that answers it.
 * Throws `E_USAGE` for a path that CloudFront would refuse or that could match nothing.
 */
export function invalidationItems(paths: readonly string[], published: ReadonlySet<string>): readonly string[] {
  return [...new Set(paths.flatMap((path) => itemsOf(path, published)))];
}

function itemsOf(path: string, published: ReadonlySet<string>): readonly string[] {
  if (!path.startsWith('/')) throw badPath(path, 'it must start with "/"');
  const star = path.indexOf('*');
  if (star !== -1 && star !== path.length - 1)
    throw badPath(path, 'a "*" stands for anything only at the end; type %2A for the character');
  const key = decode(star === -1 ? path : path.slice(0, -1), path);
  if (star !== -1) return [`${canonicalPath(key)}*`];
  const answering = candidates(key).filter((candidate) => published.has(candidate));
  return (answering.length > 0 ? answering : [key]).map(canonicalPath);
}

/** Keys that may answer an address; edges keep an object under its key, not under the address. */
function candidates(key: string): readonly string[] {
  const stem = key.replace(/\/$/, '');
  if (stem === '') return ['index.html'];
  return [key, `${stem}.html`, `${stem}/index.html`];
}

function decode(path: string, typed: string): string {
  try {
    return decodeURIComponent(path).normalize('NFC').replace(/\/+/g, '/').slice(1);
  } catch {
    throw badPath(typed, 'its percent-encoding cannot be read');
  }
}

const badPath = (path: string, why: string): CdnpubError =>
  new CdnpubError('E_USAGE', {
    message: `${path} cannot be invalidated: ${why}`,
    hints: ["cdnpub invalidate '/docs/*' /index.html"],
  });
