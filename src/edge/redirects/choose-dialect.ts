import type { Diagnostic } from '../../model/diagnostic.ts';
import type { RuleSource } from '../../model/redirect-rule.ts';
import type { Dialect, WrittenRule } from './written-rule.ts';

/**
 * Whose rules a file follows: those that were asked for, else Netlify's, unless the file uses what only Cloudflare has
 * and nothing that only Netlify has. Told once, where it makes a difference and nobody chose.
 */
export function chooseDialect(
  lines: readonly WrittenLine[],
  asked: Dialect | undefined,
): { readonly dialect: Dialect; readonly notices: readonly Diagnostic[] } {
  if (asked !== undefined) return { dialect: asked, notices: [] };
  if (lines.some(({ rule }) => isNetlify(rule))) return { dialect: 'netlify', notices: [] };
  const foreign = lines.find(({ rule }) => isCloudflare(rule)) ?? withoutSlashes(lines);
  if (foreign !== undefined) return { dialect: 'cloudflare', notices: [notice(foreign, asCloudflare)] };
  const bare = lines.find(({ rule }) => rule.status === undefined);
  return { dialect: 'netlify', notices: bare === undefined ? [] : [notice(bare, asNetlify)] };
}

interface WrittenLine {
  readonly source: RuleSource;
  readonly rule: WrittenRule;
}

/** `!`, statuses and conditions, parameters, proxies and sources on http: Cloudflare refuses such lines. */
const isNetlify = ({ from, to, status, force, query, conditions }: WrittenRule): boolean =>
  force ||
  to === undefined ||
  status === 404 ||
  status === 410 ||
  query.length > 0 ||
  conditions.length > 0 ||
  /^http:/i.test(from) ||
  (status === 200 && /^https?:/i.test(to));

/** Placeholders that begin within a segment, and that the destination names: to Netlify they are text. */
const isCloudflare = ({ from, to }: WrittenRule): boolean =>
  [...from.replace(/^https?:\/\//i, '/').matchAll(/[^/](:[A-Za-z]\w*)/g)].some(
    ([, name = '']) => to?.includes(name) === true,
  );

/** Netlify never matches a source without a slash; one among others is a slip. */
const withoutSlashes = (lines: readonly WrittenLine[]): WrittenLine | undefined =>
  lines.every(({ rule }) => !/^(?:\/|https?:)/i.test(rule.from)) ? lines[0] : undefined;

const notice = ({ source }: WrittenLine, message: string): Diagnostic => ({ source, level: 'notice', message });

const asCloudflare =
  'read as for Cloudflare: rules go before files, and a rule without a status is a 302; "redirectsDialect": "netlify" changes that';

const asNetlify =
  'read as for Netlify: files go before rules, and a rule without a status is a 301; "redirectsDialect": "cloudflare" changes that';
