import { CdnpubError } from '../model/cdnpub-error.ts';
import { closestName } from './closest-name.ts';
import { type EnvironmentVariables, variablesLayer } from './environment-variables.ts';
import type { Layer } from './layers.ts';
import type { ConfigFile } from './schema.ts';

/** What was typed; folders are absolute. */
export interface FlagValues {
  readonly site?: string | undefined;
  readonly env?: string | undefined;
  readonly dir?: string | undefined;
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly bucket?: string | undefined;
  readonly prefix?: string | undefined;
  readonly preview?: string | undefined;
  readonly cdn?: boolean | undefined;
  readonly wait?: boolean | undefined;
  readonly strict?: boolean | undefined;
}

/** A config that was read and found right; folders in it are absolute. */
export interface LoadedConfig {
  /** Absolute path of the file. */
  readonly path: string;
  /** `cdnpub.config.json`, `package.json#cdnpub`: for messages. */
  readonly name: string;
  readonly config: ConfigFile;
  /** The line where a value stands, from 1; absent for a config that is code. */
  readonly lineOf?: (keys: readonly (string | number)[]) => number;
}

export interface DetectedSite {
  readonly site: string;
  /** `package.json` or `folder name`. */
  readonly source: string;
}

export interface SettingSources {
  readonly flags: FlagValues;
  /** The process's variables; folders in them are absolute. An empty variable counts as not set. */
  readonly env: EnvironmentVariables;
  readonly file: LoadedConfig | undefined;
  readonly detected: DetectedSite | undefined;
}

/** The places that settings come from, strongest first. Throws `E_CONFIG` for an environment that the config does not have. */
export function settingLayers(sources: SettingSources): {
  readonly layers: readonly Layer[];
  readonly envName: string | undefined;
} {
  const { flags, env, file } = sources;
  const envName = chooseEnvironment(sources);
  const overlay = envName === undefined ? undefined : file?.config.env?.[envName];
  const name = file?.name ?? '';
  const layers: Layer[] = [
    { values: flags, sourceOf: (key) => `--${key}` },
    variablesLayer(env),
    { values: overlay ?? {}, sourceOf: (key) => `${name} env.${envName}.${key}` },
    { values: file?.config ?? {}, sourceOf: (key) => `${name} ${key}` },
  ];
  return { layers, envName };
}

/** Where the environment's own values stand among the layers. */
export const overlayLayer = 2;

/** The environment that was asked for, which the config must have. */
function chooseEnvironment({ flags, env, file }: SettingSources): string | undefined {
  const name = flags.env ?? (env.CDNPUB_ENV || undefined);
  const known = Object.keys(file?.config.env ?? {});
  if (name === undefined || known.includes(name)) return name;
  const source = flags.env === undefined ? 'CDNPUB_ENV' : '--env';
  const place = file === undefined ? 'there is no config' : `${file.name} has ${known.join(', ') || 'none'}`;
  const meant = closestName(name, known);
  throw new CdnpubError('E_CONFIG', {
    message: `${source}: there is no environment ${JSON.stringify(name)}; ${place}`,
    hints: [
      meant === undefined ? `add "env": { ${JSON.stringify(name)}: {} } to the config` : `did you mean ${meant}?`,
    ],
    details: { source, known },
  });
}
