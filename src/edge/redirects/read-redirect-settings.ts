import type { RedirectSetting } from '../../model/settings.ts';
import { buildRule } from './build-rule.ts';
import { type RedirectsRead, toResult } from './read-redirects.ts';
import type { Pair } from './written-rule.ts';

/** Reads `redirects` of the config: the same rules as in `_redirects`, in Netlify's dialect. */
export function readRedirectSettings(settings: readonly RedirectSetting[]): RedirectsRead {
  const read = settings.map((setting) => toResult(setting.source, readSetting(setting)));
  return {
    rules: read.flatMap(({ rules }) => rules),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

function readSetting({ source, from, to, status, force, query, country, language, cookie }: RedirectSetting) {
  const conditions = [
    ['Country', country],
    ['Language', language],
    ['Cookie', cookie],
  ] as const;
  const given = conditions.filter(([, values]) => values.length > 0);
  const pairs = given.map(([name, values]): Pair => [name, values.join(',')]);
  const written = { from, to, status: status ?? undefined, force, query: Object.entries(query), conditions: pairs };
  return buildRule(written, { source, dialect: 'netlify' });
}
