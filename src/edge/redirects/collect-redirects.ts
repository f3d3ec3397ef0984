import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ProxyRule } from '../../model/proxy-rule.ts';
import type { RedirectRule } from '../../model/redirect-rule.ts';
import type { Settings } from '../../model/settings.ts';
import { findProxies } from './find-proxies.ts';
import { lintRedirects } from './lint-redirects.ts';
import { readRedirectSettings } from './read-redirect-settings.ts';
import { readRedirects } from './read-redirects.ts';

const fileName = '_redirects';

/** All redirects of a site. */
export interface Redirects {
  /** In the order in which they are tried: the file's, then the config's. Those of `proxies` are among them. */
  readonly rules: readonly RedirectRule[];
  /** The parts of the site that other servers answer. */
  readonly proxies: readonly ProxyRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Brings together what `_redirects` and the config say, and judges it. Where there is no edge, none is honoured. */
export function collectRedirects(request: {
  /** Text of `_redirects`; null where the build has none. */
  readonly text: string | null;
  readonly settings: Pick<Settings, 'redirects' | 'redirectsDialect' | 'cleanUrls' | 'cdn'>;
  /** Keys of the build. */
  readonly keys: readonly string[];
}): Redirects {
  const { text, settings, keys } = request;
  const dialect = settings.redirectsDialect ?? undefined;
  const file = readRedirects({ text: text ?? '', file: fileName, dialect });
  const config = readRedirectSettings(settings.redirects);
  const all = [...file.rules, ...config.rules];
  const said = [...file.diagnostics, ...config.diagnostics];
  if (!settings.cdn) return { rules: [], proxies: [], diagnostics: inOrder([...said, ...all.map(needsEdge)]) };
  const { proxies, refused, diagnostics } = findProxies(all);
  const rules = all.filter((rule) => !refused.includes(rule));
  const judged = lintRedirects({ rules, keys, cleanUrls: settings.cleanUrls });
  return { rules, proxies, diagnostics: inOrder([...said, ...diagnostics, ...judged]) };
}

/** As they stand: the lines of the file, then the entries of the config. */
const inOrder = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...diagnostics].sort((a, b) =>
    a.source.file === b.source.file ? (a.source.line ?? 0) - (b.source.line ?? 0) : a.source.file === fileName ? -1 : 1,
  );

const needsEdge = ({ source }: RedirectRule): Diagnostic => ({
  source,
  level: 'error',
  message: 'redirects need a distribution that cdnpub manages',
});
