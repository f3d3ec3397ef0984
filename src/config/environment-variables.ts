import { CdnpubError } from '../model/cdnpub-error.ts';
import type { Layer } from './layers.ts';

export type EnvironmentVariables = Readonly<Record<string, string | undefined>>;

/** What `CDNPUB_*` variables say. An empty one counts as not set: CI systems cannot leave them out. */
export function variablesLayer(env: EnvironmentVariables): Layer {
  const text = (name: string): string | undefined => env[name] || undefined;
  return {
    values: {
      site: text('CDNPUB_SITE'),
      dir: text('CDNPUB_DIR'),
      account: text('CDNPUB_ACCOUNT'),
      region: text('CDNPUB_REGION'),
      profile: text('CDNPUB_PROFILE'),
      bucket: text('CDNPUB_BUCKET'),
      prefix: text('CDNPUB_PREFIX'),
      cdn: readSwitch('CDNPUB_CDN', text('CDNPUB_CDN')),
      wait: readSwitch('CDNPUB_WAIT', text('CDNPUB_WAIT')),
    },
    sourceOf: (key) => `CDNPUB_${key.toUpperCase()}`,
  };
}

function readSwitch(name: string, value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (/^(?:1|true|yes|on)$/i.test(value)) return true;
  if (/^(?:0|false|no|off)$/i.test(value)) return false;
  throw new CdnpubError('E_CONFIG', {
    message: `${name}: ${JSON.stringify(value)}: expected true or false`,
    details: { source: name, value },
  });
}
