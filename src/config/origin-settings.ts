import type { OriginSetting } from '../model/settings.ts';
import { parseDuration } from './duration.ts';
import type { ConfigOverlay } from './schema.ts';
import type { LoadedConfig } from './setting-layers.ts';

/** The entries of `origins`, each with its place in the config. */
export function originSettings(
  origins: ConfigOverlay['origins'],
  { file, envName }: { readonly file: LoadedConfig | undefined; readonly envName: string | undefined },
): readonly OriginSetting[] {
  return Object.entries(origins ?? {}).map(([pattern, { url, cache, timeout, secretHeader }]) => {
    const isOverlay = envName !== undefined && file?.config.env?.[envName]?.origins?.[pattern] !== undefined;
    const keys = isOverlay ? ['env', envName, 'origins', pattern] : ['origins', pattern];
    const header = secretHeader && {
      header: (secretHeader.name ?? usualHeader).toLowerCase(),
      variable: secretHeader.env,
    };
    return {
      source: { file: file?.name ?? 'config', line: file?.lineOf?.(keys) ?? null, entry: keys.join('.') },
      pattern,
      server: {
        url: tidyUrl(url),
        cacheSeconds: cache ? (parseDuration(cache) ?? 0) : 0,
        timeoutSeconds: parseDuration(timeout ?? '30s') ?? 30,
        secret: header ?? null,
      },
    };
  });
}

/** Told in the README. */
const usualHeader = 'x-origin-secret';

/** Host in lower case, without a port that its scheme says anyway and without a slash at its end. */
function tidyUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/$/, '')}`;
}
