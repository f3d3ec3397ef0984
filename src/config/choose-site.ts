import { CdnpubError } from '../model/cdnpub-error.ts';
import { closestName } from './closest-name.ts';
import { mergeObjects } from './merge-objects.ts';
import type { ConfigFile } from './schema.ts';
import type { LoadedConfig } from './setting-layers.ts';

/**
 * Makes the config of one site out of one of several: what all share, with the site's own laid over it (objects merge,
 * arrays replace). The site is the one that was asked for by name, else the one whose folder was, else the only one.
 * Throws `E_CONFIG` where that tells none. A config without `sites` stays as it is.
 */
export function chooseSite(
  file: LoadedConfig,
  asked: { readonly site: string | undefined; readonly dir: string | undefined },
): LoadedConfig {
  const { sites, ...shared } = file.config;
  if (sites === undefined) return file;
  const name = asked.site ?? nameByFolder(sites, asked.dir) ?? onlyName(sites);
  const own = name === undefined ? undefined : ownEntry(sites, name);
  if (name === undefined || own === undefined) throw noSuchSite(file.name, Object.keys(sites), asked.site);
  const config: ConfigFile = { ...mergeObjects(shared, own), site: name };
  const { lineOf } = file;
  if (lineOf === undefined) return { ...file, config };
  const ownKeys = Object.keys(own);
  return {
    ...file,
    config,
    lineOf: (keys) => lineOf(ownKeys.includes(String(keys[0])) ? ['sites', name, ...keys] : keys),
  };
}

type Sites = NonNullable<ConfigFile['sites']>;

const ownEntry = (sites: Sites, name: string): Sites[string] | undefined =>
  Object.hasOwn(sites, name) ? sites[name] : undefined;

function nameByFolder(sites: Sites, dir: string | undefined): string | undefined {
  const names = Object.keys(sites).filter((name) => dir !== undefined && sites[name]?.dir === dir);
  return names.length === 1 ? names[0] : undefined;
}

const onlyName = (sites: Sites): string | undefined => {
  const names = Object.keys(sites);
  return names.length === 1 ? names[0] : undefined;
};

function noSuchSite(file: string, known: readonly string[], asked: string | undefined): CdnpubError {
  const meant = asked === undefined ? undefined : closestName(asked, known);
  const what = asked === undefined ? 'several sites' : `no site ${JSON.stringify(asked)}`;
  return new CdnpubError('E_CONFIG', {
    message: `${file} has ${what}: ${asked === undefined ? '' : 'known are '}${known.join(', ')}`,
    hints: meant === undefined ? known.map((name) => `--site ${name}`) : [`--site ${meant}`],
    details: { known },
  });
}
