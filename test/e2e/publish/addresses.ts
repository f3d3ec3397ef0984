/** One address and what is expected of it: the file that answers there, or the address it leads to. */
export interface Address {
  /** Percent-encoded as a browser does it. */
  readonly path: string;
  readonly serves?: string;
  readonly leadsTo?: string;
}

/** As a browser spells a key in an address. */
export const spell = (key: string): string => `/${key.split('/').map(encodeURIComponent).join('/')}`;

/**
 * Every address of a file, by the customs of static hosting: a folder's index answers at the folder with its slash, a
 * page at its name without `.html`, all else under its own name; the other spellings lead there.
 */
export function addressesOf(key: string, keys: ReadonlySet<string>): readonly Address[] {
  if (key === 'index.html') return [serves('/', key), leads('/index.html', '/')];
  if (key.endsWith('/index.html')) return folderAddresses(key, keys);
  if (key.endsWith('.html')) return pageAddresses(key, keys);
  return [serves(spell(key), key)];
}

const serves = (path: string, key: string): Address => ({ path, serves: key });
const leads = (path: string, to: string): Address => ({ path, leadsTo: to });

function folderAddresses(key: string, keys: ReadonlySet<string>): readonly Address[] {
  const stem = key.slice(0, -'/index.html'.length);
  const folder = `${spell(stem)}/`;
  const taken = keys.has(stem) || keys.has(`${stem}.html`);
  const bare = taken ? [] : [leads(spell(stem), folder)];
  return [serves(folder, key), leads(spell(key), folder), ...bare];
}

function pageAddresses(key: string, keys: ReadonlySet<string>): readonly Address[] {
  const stem = key.slice(0, -'.html'.length);
  if (keys.has(stem)) return [serves(spell(key), key)];
  const slashed = keys.has(`${stem}/index.html`) ? [] : [leads(`${spell(stem)}/`, spell(stem))];
  return [serves(spell(stem), key), leads(spell(key), spell(stem)), ...slashed];
}
