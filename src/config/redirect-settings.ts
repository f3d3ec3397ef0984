import type { RedirectSetting } from '../model/settings.ts';
import type { ConfigOverlay } from './schema.ts';
import type { LoadedConfig } from './setting-layers.ts';

/** The entries of `redirects`, each with its place in the config; an environment's own list replaces the other. */
export function redirectSettings(
  file: LoadedConfig | undefined,
  envName: string | undefined,
): readonly RedirectSetting[] {
  if (file === undefined) return [];
  const { config, name, lineOf } = file;
  const own = envName === undefined ? undefined : config.env?.[envName]?.redirects;
  const keys = own === undefined || envName === undefined ? ['redirects'] : ['env', envName, 'redirects'];
  return (own ?? config.redirects ?? []).map((entry, index) => ({
    ...complete(entry),
    source: { file: name, line: lineOf?.([...keys, index]) ?? null, entry: `${keys.join('.')}[${index}]` },
  }));
}

type Written = NonNullable<ConfigOverlay['redirects']>[number];

const complete = ({
  from,
  to,
  status,
  force,
  query,
  country,
  language,
  cookie,
}: Written): Omit<RedirectSetting, 'source'> => ({
  ...{ from, to, status: status ?? null, force: force ?? false, query: query ?? {} },
  ...{ country: listed(country), language: listed(language), cookie: listed(cookie) },
});

function listed(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}
