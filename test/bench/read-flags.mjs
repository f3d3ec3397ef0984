/**
 * `--some-flag value` of the command line as `{ someFlag: value }`: numbers are read, a bare flag is true.
 * A flag that is not among the defaults is an error.
 */
export function readFlags(defaults, argv = process.argv.slice(2)) {
  const flags = { ...defaults };
  for (let at = 0; at < argv.length; at += 1) {
    const name = argv[at].replace(/^--/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    if (!argv[at].startsWith('--') || !(name in defaults)) throw new Error(`what is ${argv[at]}? ${known(defaults)}`);
    const value = argv[at + 1];
    const isBare = value === undefined || value.startsWith('--');
    flags[name] = isBare ? true : readValue(value);
    if (!isBare) at += 1;
  }
  return flags;
}

/** A list that was typed with commas. */
export const readList = (value) => String(value).split(',').filter(Boolean);

const readValue = (value) => (value !== '' && Number.isFinite(Number(value)) ? Number(value) : value);

const known = (defaults) =>
  `Known: ${Object.keys(defaults)
    .map((name) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`)
    .join(' ')}`;
