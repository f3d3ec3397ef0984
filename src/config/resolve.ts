import { CdnpubError } from '../model/cdnpub-error.ts';
import type { HeaderRule, SecretSetting, Settings } from '../model/settings.ts';
import { checkPicked } from './check-picked.ts';
import { parseDuration } from './duration.ts';
import { type Layer, pick } from './layers.ts';
import { mergeObjects } from './merge-objects.ts';
import { originSettings } from './origin-settings.ts';
import { redirectSettings } from './redirect-settings.ts';
import { resolveDir } from './resolve-dir.ts';
import { normalizeBasePath, normalizePrefix, type Rule, rules } from './rules.ts';
import type { ConfigFile, ConfigOverlay } from './schema.ts';
import { overlayLayer, type SettingSources, settingLayers } from './setting-layers.ts';

/**
 * Puts the settings together: flag > `CDNPUB_*` > the config's environment > config > detected > default.
 * Throws `E_CONFIG`, naming where the bad value came from.
 */
export function resolveSettings(sources: SettingSources): Settings {
  const { layers, envName } = settingLayers(sources);
  const text = (key: TextKey, rule: Rule): string | null => checkPicked(pick(layers, key), rule)?.value ?? null;
  const merged = mergedConfig(sources.file?.config, envName);
  const place = checkManage(merged, text('bucket', rules.bucket));
  const basePath = normalizeBasePath(merged.basePath ?? '');
  return {
    ...resolveSite(sources, layers, envName),
    dir: resolveDir(layers),
    channel: resolveChannel(sources.flags.preview),
    account: text('account', rules.account),
    region: text('region', rules.region),
    profile: text('profile', rules.profile),
    bucket: text('bucket', rules.bucket),
    ...place,
    prefix: normalizePrefix(text('prefix', rules.prefix) ?? ''),
    basePath,
    headers: (merged.headers ?? []).map(lowerNames),
    redirects: redirectSettings(sources.file, envName),
    redirectsDialect: merged.redirectsDialect ?? null,
    cleanUrls: merged.cleanUrls ?? true,
    trailingSlash: merged.trailingSlash ?? 'auto',
    spa: spaKey(merged.spa ?? false, basePath),
    notFound: basePath + (merged.notFound ?? '404.html').normalize('NFC'),
    origins: originSettings(merged.origins, { file: sources.file, envName }),
    auth: authSettings(merged.auth),
    maintenance: maintenanceSettings(merged.maintenance, basePath),
    edge: {
      viewerRequest: merged.edge?.viewerRequest ?? null,
      viewerResponse: merged.edge?.viewerResponse ?? null,
    },
    securityHeaders: securityHeaders(merged.securityHeaders ?? true),
    retention: {
      assetsSeconds: parseDuration(merged.retention?.assets ?? '30d') ?? 0,
      releases: merged.retention?.releases ?? 20,
    },
    invalidation: { maxItems: merged.invalidation?.maxItems ?? 50 },
    ignore: merged.ignore ?? [],
    cdn:
      checkCdn(pick(layers, 'cdn')?.value ?? true, merged) && (place.manage === 'all' || place.distribution !== null),
    wait: pick(layers, 'wait')?.value ?? true,
    strict: sources.flags.strict ?? false,
  };
}

/** What a function at the edge would do is never left undone silently: least of all keeping people out. */
function checkCdn(cdn: boolean, config: ConfigOverlay): boolean {
  const asked = (['auth', 'maintenance', 'origins', 'edge'] as const).filter((key) => config[key] !== undefined);
  if (cdn || asked.length === 0) return cdn;
  throw new CdnpubError('E_CONFIG', {
    message: `${asked.join(', ')}: this needs CloudFront, and the site is published without it`,
    hints: ['leave out --no-cdn and "cdn": false, or take the keys out of the config'],
    details: { keys: asked },
  });
}

/** Where the infrastructure is somebody else's, nothing may be asked of it that its owner did not put there. */
function checkManage(config: ConfigOverlay, bucket: string | null): Pick<Settings, 'manage' | 'distribution'> {
  const { manage = 'all', distribution = null } = config;
  if (manage === 'all') {
    if (distribution === null) return { manage, distribution };
    throw new CdnpubError('E_CONFIG', {
      message: 'distribution: cdnpub alters no distribution that it did not make',
      hints: ['"manage": "content" publishes for it and leaves it as it is', 'take "distribution" out of the config'],
    });
  }
  const keys = Object.keys(config).filter((key) => edgeKeys.includes(key));
  if (keys.length > 0) {
    throw new CdnpubError('E_CONFIG', {
      message: `${keys.join(', ')}: with "manage": "content" cdnpub alters no distribution, which this needs`,
      hints: ['take the keys out of the config, or let cdnpub manage all'],
      details: { keys },
    });
  }
  if (bucket !== null) return { manage, distribution };
  throw new CdnpubError('E_CONFIG', {
    message: 'with "manage": "content" cdnpub makes no bucket, and must be told which to publish to',
    hints: ['"bucket": "NAME" in the config, or --bucket NAME'],
  });
}

const edgeKeys = ['auth', 'maintenance', 'origins', 'edge', 'domains'];

function authSettings(auth: ConfigOverlay['auth']): Settings['auth'] {
  if (auth === undefined) return null;
  const { paths, users = {}, jwt } = auth;
  const named = Object.entries(users).map(([name, given]) => [name, secretOf(given)] as const);
  return { paths, users: Object.fromEntries(named), jwt: jwt === undefined ? null : secretOf(jwt.key) };
}

const secretOf = (given: string | { readonly env: string }): SecretSetting =>
  typeof given === 'string' ? { kind: 'text', text: given } : { kind: 'variable', name: given.env };

type TextKey = 'account' | 'region' | 'profile' | 'bucket' | 'prefix';

/** SITE, or SITE-ENV where the environment does not name a site of its own. */
function resolveSite(
  { file, detected }: SettingSources,
  layers: readonly Layer[],
  envName: string | undefined,
): { site: string; siteSource: string } {
  const given = pick(layers, 'site');
  const found = given ?? (detected && { value: detected.site, source: detected.source, layer: layers.length });
  if (found === undefined) {
    throw new CdnpubError('E_CONFIG', { message: 'the site has no name', hints: ['--site NAME'] });
  }
  const isOverlay = found.layer === overlayLayer;
  const site = envName === undefined || isOverlay ? found.value : `${found.value}-${envName}`;
  const isFile = found.layer === overlayLayer || found.layer === overlayLayer + 1;
  const suffix = site === found.value ? '' : ` and environment ${envName}`;
  checkPicked({ ...found, value: site, source: found.source + suffix }, rules.site);
  return { site, siteSource: isFile && file !== undefined ? file.name : found.source };
}

const resolveChannel = (preview: string | undefined): string =>
  checkPicked(preview === undefined ? undefined : { value: preview, source: '--preview', layer: 0 }, rules.channel)
    ?.value ?? 'live';

const mergedConfig = (config: ConfigFile | undefined, envName: string | undefined): ConfigOverlay =>
  mergeObjects(config ?? {}, (envName === undefined ? undefined : config?.env?.[envName]) ?? {});

function spaKey(spa: boolean | string, basePath: string): string | null {
  if (spa === true) return `${basePath}index.html`;
  return spa === false ? null : basePath + spa.normalize('NFC');
}

function maintenanceSettings(given: ConfigOverlay['maintenance'], basePath: string): Settings['maintenance'] {
  if (given === undefined) return null;
  const { page, allow = [] } = given;
  return { page: page === undefined ? null : basePath + page, allow };
}

const lowerNames = ({ match, set, unset }: NonNullable<ConfigOverlay['headers']>[number]): HeaderRule => ({
  match,
  set: Object.fromEntries(Object.entries(set ?? {}).map(([name, value]) => [name.toLowerCase(), value.trim()])),
  unset: (unset ?? []).map((name) => name.toLowerCase()),
});

const securityHeaders = (given: NonNullable<ConfigOverlay['securityHeaders']>): Settings['securityHeaders'] =>
  typeof given === 'boolean'
    ? given
    : Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name.toLowerCase(), value === false ? value : value.trim()]),
      );
