import type { ConfigFile } from '../schema.ts';
import type { ForeignConfig, Imported, ImportNote } from './imported.ts';

type Keys = readonly (string | number)[];

/** Gathers what an import carries over and what it leaves, each with its line. */
export interface Collector {
  /** Takes settings over: `keys` are the other host's, `how` the name of ours. */
  carry(keys: Keys, config: ConfigFile, how: string): undefined;
  leave(keys: Keys, why: string): undefined;
  /** Leaves every key of an object but those that were dealt with. */
  leaveOthers(keys: Keys, value: unknown, known: readonly string[], why: string): void;
  end(): Imported;
}

/** Begins an import. Lists add up in the order in which they come; for the rest the first wins. */
export function collect({ lineOf }: ForeignConfig): Collector {
  let config: ConfigFile = {};
  const notes: ImportNote[] = [];
  const note = (keys: Keys, kind: ImportNote['kind'], how: string): undefined => {
    notes.push({ line: lineOf(keys), what: nameOf(keys), kind, how });
  };
  const leave = (keys: Keys, why: string): undefined => note(keys, 'left', why);
  return {
    carry(keys, more, how) {
      config = joinConfigs(config, more);
      note(keys, 'carried', how);
    },
    leave,
    leaveOthers(keys, value, known, why) {
      for (const key of Object.keys(objectOf(value))) if (!known.includes(key)) leave([...keys, key], why);
    },
    end: () => ({ config, notes: notes.sort((a, b) => a.line - b.line) }),
  };
}

/** Lists add up; for the rest the first wins. */
export function joinConfigs(first: ConfigFile, more: ConfigFile): ConfigFile {
  const headers = [...(first.headers ?? []), ...(more.headers ?? [])];
  const redirects = [...(first.redirects ?? []), ...(more.redirects ?? [])];
  const ignore = [...new Set([...(first.ignore ?? []), ...(more.ignore ?? [])])];
  return {
    ...more,
    ...first,
    ...(headers.length > 0 ? { headers } : {}),
    ...(redirects.length > 0 ? { redirects } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  };
}

const nameOf = (keys: Keys): string =>
  keys.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? key : `.${key}`)).join('');

export const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Values of an object that are texts. */
export const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objectOf(value)).flatMap(([key, one]) =>
      typeof one === 'string' || typeof one === 'number'
        ? [
            [
              key,
              String(one)
                .replace(/\s*\n\s*/g, ' ')
                .trim(),
            ],
          ]
        : [],
    ),
  );

/** `./dist/` → `dist`; the project itself is `.`. */
export const folderOf = (folder: string): string => folder.replace(/^\.?\/+/, '').replace(/\/+$/, '') || '.';

/** Statuses that a redirect may have here. */
export const isStatus = (
  status: unknown,
): status is NonNullable<NonNullable<ConfigFile['redirects']>[number]['status']> =>
  typeof status === 'number' && [200, 301, 302, 303, 307, 308, 404, 410].includes(status);

export const builds = 'cdnpub publishes what was built, it does not build';
export const runs = 'needs a server or a function';
