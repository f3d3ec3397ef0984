import { resolve } from 'node:path';
import type { Settings } from '../model/settings.ts';
import { chooseSite } from './choose-site.ts';
import { detectSite } from './detect.ts';
import type { EnvironmentVariables } from './environment-variables.ts';
import { pick } from './layers.ts';
import { loadConfig } from './load.ts';
import { resolveSettings } from './resolve.ts';
import { resolveDir } from './resolve-dir.ts';
import { type FlagValues, type LoadedConfig, settingLayers } from './setting-layers.ts';

/**
 * Reads the config and puts the settings together. Folders in flags and variables are relative to the working folder.
 * Throws `E_CONFIG`.
 */
export async function readSettings(request: {
  readonly cwd: string;
  readonly flags: FlagValues;
  readonly env: EnvironmentVariables;
  /** `--config FILE`. */
  readonly configFile?: string | undefined;
}): Promise<{ readonly settings: Settings; readonly file: LoadedConfig | undefined }> {
  const { cwd, configFile } = request;
  const absolute = (dir: string | undefined): string | undefined => (dir ? resolve(cwd, dir) : undefined);
  const flags = { ...request.flags, dir: absolute(request.flags.dir) };
  const env = { ...request.env, CDNPUB_DIR: absolute(request.env.CDNPUB_DIR) };
  const loaded = await loadConfig({ cwd, dir: flags.dir ?? env.CDNPUB_DIR, file: configFile });
  const asked = { site: flags.site ?? (request.env.CDNPUB_SITE || undefined), dir: flags.dir ?? env.CDNPUB_DIR };
  const file = loaded && chooseSite(loaded, asked);
  const named = { flags, env, file, detected: undefined };
  const { layers } = settingLayers(named);
  const detected = pick(layers, 'site') === undefined ? detectSite(resolveDir(layers)) : undefined;
  return { settings: resolveSettings({ ...named, detected }), file };
}
