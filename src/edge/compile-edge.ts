import { byteLength } from '../model/byte-length.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Settings } from '../model/settings.ts';
import { pathKind, type SiteShape, siteShape } from './site-shape.ts';

export interface EdgeInput {
  /** Keys of the build. */
  readonly keys: readonly string[];
  readonly settings: Pick<Settings, 'cleanUrls' | 'trailingSlash' | 'spa' | 'prefix'>;
  /** Text of `templates/edge/viewer-request.js`. */
  readonly fragment: string;
}

export interface CompiledEdge {
  /** Text of the viewer-request function. */
  readonly code: string;
  readonly warnings: readonly string[];
}

/** CloudFront: a function's text has at most 10 KB. */
const maxBytes = 10_240;

/**
 * The viewer-request function of a site. Where the exceptions from the site's shape do not fit, pages answer under
 * their own file names and no address is improved, which needs no exceptions. Throws `E_EDGE_SIZE` when even that is
 * too large.
 */
export function compileEdge({ keys, settings, fragment }: EdgeInput): CompiledEdge {
  const shape = siteShape(keys, settings.spa);
  const full = render(fragment, settings, shape);
  if (byteLength(full) <= maxBytes) return { code: full, warnings: [] };
  const plain = render(fragment, { ...settings, cleanUrls: false }, plainShape(shape));
  if (byteLength(plain) > maxBytes) throw tooLarge(byteLength(plain));
  const count = Object.keys(shape.known).length - Object.keys(plainShape(shape).known).length;
  return {
    code: plain,
    warnings: [
      `${count} pages do not fit the site's rule for clean URLs; all pages answer under their file names instead`,
    ],
  };
}

function render(fragment: string, settings: EdgeInput['settings'], shape: SiteShape): string {
  const { trailingSlash, cleanUrls, spa, prefix } = settings;
  const slash = trailingSlash === 'auto' ? 'auto' : trailingSlash ? 'always' : 'never';
  const site = { ...shape, slash, clean: cleanUrls, app: spa ?? '', prefix };
  const text = fragment.replace('__SITE__', () => literal(site));
  return text.replace(/^\s*\/\/.*\n/gm, '').replace(/\n{2,}/g, '\n');
}

/** JSON as a JavaScript literal: ES 5.1, which the runtime follows, takes U+2028 and U+2029 in a string for line breaks. */
const literal = (value: object): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** Only what cannot be told from the path itself: files without an ending. */
function plainShape({ rule, known }: SiteShape): SiteShape {
  return {
    rule: rule === pathKind.app ? rule : pathKind.folder,
    known: Object.fromEntries(Object.entries(known).filter(([, kind]) => kind === pathKind.file)),
  };
}

const tooLarge = (bytes: number): CdnpubError =>
  new CdnpubError('E_EDGE_SIZE', {
    message: `the edge function would have ${bytes} bytes; CloudFront takes ${maxBytes}: too many files without an extension`,
    hints: ['give those files an extension, or leave them out with "ignore"'],
    details: { bytes, maxBytes },
  });
