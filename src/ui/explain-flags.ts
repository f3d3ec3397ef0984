import { Flags } from '@oclif/core';
import type { Viewer } from '../app/explain/viewer.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';

/** Flags of `explain`: who asks. */
export const explainFlags = {
  method: Flags.string({
    default: 'GET',
    options: ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'],
    description: 'method of the request',
  }),
  header: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    char: 'H',
    helpValue: "'Name: value'",
    description: 'a header of the request; may be given more than once, and its value is never printed',
  }),
  country: Flags.string({ helpValue: 'DE', description: 'country that the visitor is in' }),
  ip: Flags.string({ helpValue: 'ADDRESS', default: '192.0.2.1', description: 'address of the visitor' }),
};

/** Who asks, as the flags say. Throws `E_USAGE` for a header or a country that is none. */
export function viewerOf(flags: {
  readonly method: string;
  readonly header?: readonly string[] | undefined;
  readonly country?: string | undefined;
  readonly ip: string;
}): Viewer {
  const { method, ip, country = null } = flags;
  if (country !== null && !/^[A-Za-z]{2}$/.test(country))
    throw new CdnpubError('E_USAGE', { message: '--country takes two letters', hints: ['--country DE'] });
  return { method, ip, country: country?.toUpperCase() ?? null, headers: (flags.header ?? []).map(readHeader) };
}

function readHeader(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw new CdnpubError('E_USAGE', {
    message: 'a --header is neither a name nor a value; both are needed',
    hints: ["--header 'Accept-Language: de'"],
  });
}
