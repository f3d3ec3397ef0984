import { byteLength } from '../../model/byte-length.ts';
import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { EdgeTools } from '../edge-tools.ts';
import { type SiteData, siteLiteral } from './site-literal.ts';

/** CloudFront: a function's text has at most 10 KB. */
export const maxTextBytes = 10_240;

export type Constants = Readonly<Record<string, boolean>>;

/** The text of a function, and what it is made of. */
export interface FunctionText {
  readonly text: string;
  readonly bytes: number;
  /** Bytes of each part, the largest first. */
  readonly parts: readonly (readonly [name: string, bytes: number])[];
}

/** Puts a function together: imports first, then what is known of the site, the user's function and ours. */
export function functionText(options: {
  readonly fragments: readonly string[];
  readonly constants: Constants;
  readonly data: SiteData;
  /** The user's own function, as it was written; null where there is none. */
  readonly handler: { readonly name: string; readonly text: string } | null;
  readonly tools: EdgeTools;
}): FunctionText {
  const { fragments, constants, data, tools } = options;
  const user = options.handler === null ? null : userText(options.handler, tools);
  const text = fragments.map((name) => tools.fragments[name] ?? '').join('\n');
  const ours = tools.minify({
    ...{ name: 'cdnpub', text, constants, entry: 'handler' },
    reserved: ['handler', ...new Set(user?.text.match(/[A-Za-z_$][\w$]*/g) ?? [])],
  });
  const imports = new Set([
    ...(fragments.includes('store.js') ? ["import cf from 'cloudfront';"] : []),
    ...(user?.imports ?? []),
  ]);
  const used = Object.values(data).some((value) => value !== undefined) ? `const site=${siteLiteral(data)};` : '';
  const all = [...imports, used, user === null ? '' : user.text, ours.text].filter((part) => part !== '').join('\n');
  const sizes = Object.entries({
    ...dataSizes(data),
    'your own function': byteLength(user?.text ?? ''),
    cdnpub: byteLength(ours.text),
  });
  return { text: all, bytes: byteLength(all), parts: sizes.sort(([, a], [, b]) => b - a) };
}

/**
 * The user's function under a name of ours. All its own names are made short ones, so that none is `site` or `cf`; what it
 * imports stands at the head of the whole.
 */
function userText(handler: { readonly name: string; readonly text: string }, tools: EdgeTools) {
  if (!/\bfunction\s+handler\b|\bhandler\s*=/.test(handler.text)) {
    throw new CdnpubError('E_CONFIG', {
      message: `${handler.name} has no function called handler`,
      hints: ['write: function handler(event) { return event.request; }'],
    });
  }
  const bare = handler.text
    .replace(/^([ \t]*)export\s+(?:default\s+)?(?=\w+\s+\w)/gm, '$1')
    .replace(/^[ \t]*export\s*(?:\{[^}]*\}|default\s+\w+)\s*;?[ \t]*$/gm, '');
  const { text, entry } = tools.minify({ ...handler, text: bare, constants: {}, entry: 'handler', reserved: [] });
  const [head = ''] = /^(?:import\s*[\w$]+\s*from\s*(?:"[^"]*"|'[^']*');?\s*)*/.exec(text) ?? [];
  const imports = head.split(';').flatMap((line) => (line.trim() === '' ? [] : [`${line.trim()};`]));
  return { imports, text: `${text.slice(head.length)}\nconst userHandler=${entry};` };
}

/** Bytes of the site's data by what people call it. */
function dataSizes(data: SiteData): Readonly<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const [name, value] of Object.entries(data)) {
    const called = partNames[name] ?? name;
    sizes[called] = (sizes[called] ?? 0) + (value === undefined ? 0 : byteLength(siteLiteral(value)));
  }
  return sizes;
}

/** What the parts of the site's data are called by people. */
const partNames: Readonly<Record<string, string>> = {
  rules: 'redirects that are patterns or have conditions',
  rest: 'redirects that are patterns or have conditions',
  known: 'pages and files that do not fit the rule for clean URLs',
  kinds: 'pages and files that do not fit the rule for clean URLs',
  errors: 'folders with a 404 page',
  headers: 'headers of single files',
  guarded: 'guarded paths',
  origins: 'paths of other origins',
};

/** Refuses a text that CloudFront would not take, and names what it is so large by. */
export function checkSize({ bytes, parts }: FunctionText): void {
  if (bytes <= maxTextBytes) return;
  const largest = parts.slice(0, 3).filter(([, size]) => size > 200);
  throw new CdnpubError('E_EDGE_SIZE', {
    message: `the edge function would have ${bytes} bytes; CloudFront takes ${maxTextBytes}: ${largest.map(([name, size]) => `${name} ${size}`).join(', ')}`,
    hints: hintsFor(largest.map(([name]) => name)),
    details: { bytes, maxBytes: maxTextBytes, parts: Object.fromEntries(parts) },
  });
}

function hintsFor(names: readonly string[]): readonly string[] {
  const hints: Readonly<Record<string, string>> = {
    [partNames.rules ?? '']: 'rules for single paths, without * and placeholders, take no room: they lie in the store',
    [partNames.known ?? '']: 'give files an extension, or leave them out with "ignore"',
    'your own function': 'make your own function shorter',
  };
  return names.flatMap((name) => hints[name] ?? []).slice(0, 1);
}
