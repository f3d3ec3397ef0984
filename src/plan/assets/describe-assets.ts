import type { Asset, ScannedFile } from '../../model/asset.ts';
import type { HeaderStatement } from '../../model/header-statement.ts';
import type { NamingRules } from '../../model/naming-rules.ts';
import type { Settings } from '../../model/settings.ts';
import { applyHeaderRules } from './apply-header-rules.ts';
import { classify } from './classify.ts';
import { contentTypeOf, type Neighbours } from './content-type.ts';
import { defaultHeaders } from './default-headers.ts';

/** What of the settings decides how files are served. */
export type ServingSettings = Pick<Settings, 'spa' | 'notFound' | 'cdn' | 'cleanUrls'> & { readonly basePath?: string };

/**
 * Gives each file its class and every header that its object will carry: defaults first, the generator's names among
 * them, then what rules say. The order of the files stays. Throws `E_CONFIG` for a rule whose pattern cannot be read.
 */
export function describeAssets(request: {
  readonly files: readonly ScannedFile[];
  readonly settings: ServingSettings;
  /** What the generator of the build, where it is known, promises of its names. */
  readonly naming?: NamingRules | undefined;
  /** Those about stored headers, from the weakest to the strongest. */
  readonly statements: readonly HeaderStatement[];
}): readonly Asset[] {
  const { files, settings, naming, statements } = request;
  const neighbours = neighboursOf(files);
  const assets = files.map(({ packed = null, ...file }): Asset => {
    const assetClass = classify(file.key, settings, naming);
    const type = contentTypeOf(file.key, neighbours, packed);
    const headers = defaultHeaders({ class: assetClass, type, cdn: settings.cdn });
    return { ...file, class: assetClass, headers };
  });
  return applyHeaderRules({ assets, statements, cleanUrls: settings.cleanUrls });
}

function neighboursOf(files: readonly ScannedFile[]): Neighbours {
  const keys = new Set(files.map(({ key }) => key));
  const playlists = files.filter(({ key }) => /\.m3u8$/i.test(key));
  const streams = new Set(playlists.map(({ key }) => key.slice(0, key.lastIndexOf('/') + 1)));
  return {
    has: (key) => keys.has(key),
    isStream: (folder) => foldersUpFrom(folder).some((one) => streams.has(one)),
  };
}

/** `a/b/` → `a/b/`, `a/` and the empty name of the root. */
function foldersUpFrom(folder: string): string[] {
  const segments = folder.split('/').slice(0, -1);
  return ['', ...segments.map((_, index) => `${segments.slice(0, index + 1).join('/')}/`)];
}
