import { headerProblem } from '../model/header-problem.ts';
import { originProblem } from '../model/origin-problem.ts';
import { ownFolder, stateFolder } from '../model/state-keys.ts';

/** Looks at a value of the right type and says what is wrong with it; `undefined` where nothing is. */
export type Rule = (value: string) => string | undefined;

/**
 * What the values of the config, flags and environment variables must be beyond their type. The same rules hold wherever
 * a value comes from.
 */
export const rules = {
  site: (value) => slugProblem(value, 3) ?? (value.length > 32 ? tooLong(value, 32) : undefined),
  env: (value) => slugProblem(value, 1),
  channel: (value) =>
    value === 'live'
      ? '"live" is the site itself'
      : (slugProblem(value, 1) ?? (value.length > 63 ? tooLong(value, 63) : undefined)),
  account: (value) => (/^\d{12}$/.test(value) ? undefined : 'an account id has 12 digits'),
  region: (value) =>
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)
      ? undefined
      : 'a region looks like eu-west-1: lower-case letters, digits and -',
  profile: (value) => (value.trim() === '' ? 'a profile has a name' : controlProblem(value)),
  dir: (value) => (value === '' ? 'a folder has a name' : controlProblem(value)),
  bucket: (value) => bucketProblem(value),
  distribution: (value) =>
    /^E[A-Z0-9]{5,}$/.test(value) ? undefined : 'the id of a distribution looks like E2QWRUHAPOMQZL',
  prefix: (value) => prefixProblem(value),
  basePath: (value) => basePathProblem(value),
  key: (value) => keyProblem(value),
  address: (value) =>
    /\s/.test(value) || value === '' ? 'a path or a URL has no white space: write %20' : controlProblem(value),
  variable: (value) =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(value) ? undefined : 'an environment variable has letters, digits and _',
  guardedPath: (value) =>
    value.startsWith('/') && !/[*].|[?#]/.test(value)
      ? controlProblem(value)
      : 'a guarded path looks like /report.html or /private/*: it begins with / and has * at its end only',
  userName: (value) =>
    value === '' || value.includes(':') ? 'a user has a name without a colon' : controlProblem(value),
  password: (value) => (value.length < 12 ? 'a password has 12 characters or more' : undefined),
  ipAddress: (value) =>
    /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F:]*:[\da-fA-F:.]+)$/.test(value) ? undefined : 'this is no IP address',
  originUrl: originProblem.url,
  originPattern: originProblem.pattern,
  secretHeader: (value) => headerProblem.name(value) ?? forbiddenHeader(value),
  match: (value) => (value === '' ? 'a pattern is not empty' : controlProblem(value)),
  headerName: headerProblem.name,
  headerValue: headerProblem.value,
} as const satisfies Record<string, Rule>;

/** AWS: "Custom headers that CloudFront can't add to origin requests". */
const forbiddenHeader = (name: string): string | undefined =>
  /^(?:accept-encoding|cache-control|connection|content-length|cookie|host|if-.*|max-forwards|pragma|proxy-.*|range|request-range|te|trailer|transfer-encoding|upgrade|via|x-amz-.*|x-edge-.*|x-real-ip|x-cdnpub|authorization)$/i.test(
    name,
  )
    ? 'CloudFront adds no header of that name'
    : undefined;

/** A prefix as it is used: empty, or ending in `/`. */
export const normalizePrefix = (prefix: string): string => {
  const text = prefix.normalize('NFC');
  return text === '' || text.endsWith('/') ? text : `${text}/`;
};

/** A base path as keys begin with it: `/docs` is `docs/`, and `/` nothing. */
export const normalizeBasePath = (basePath: string): string => normalizePrefix(basePath.replace(/^\/+/, ''));

const tooLong = (value: string, most: number): string => `${value.length} characters are too many: at most ${most}`;

function slugProblem(value: string, least: number): string | undefined {
  if (!/^[a-z0-9-]*$/.test(value)) return 'only lower-case letters, digits and - are allowed';
  if (value.length < least) return `at least ${least} ${least === 1 ? 'character is' : 'characters are'} needed`;
  return /^-|-$/.test(value) ? 'it must not begin or end with -' : undefined;
}

const controlProblem = (value: string): string | undefined =>
  [...value].some((char) => char < ' ' || char === '\x7f') ? 'control characters are not allowed' : undefined;

/** S3: "General purpose bucket naming rules". */
function bucketProblem(value: string): string | undefined {
  if (value.length < 3 || value.length > 63) return 'a bucket name has 3 to 63 characters';
  if (!/^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(value)) {
    return 'a bucket name has lower-case letters, digits, - and . and begins and ends with a letter or digit';
  }
  if (/\.\.|^\d+\.\d+\.\d+\.\d+$/.test(value)) return 'a bucket name is no IP address and has no two dots in a row';
  const [reserved] = /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.exec(value) ?? [];
  return reserved === undefined ? undefined : `AWS keeps ${reserved} for itself`;
}

function prefixProblem(value: string): string | undefined {
  if (value === '') return undefined;
  const own = [stateFolder, ownFolder].find((folder) => `${value}/`.startsWith(folder));
  if (own !== undefined) return `${own} is cdnpub's own`;
  if (value.length > 512) return tooLong(value, 512);
  return pathProblem(value.replace(/\/$/, ''));
}

/** It is written as a URL's path is read: decoded, and no pattern. */
function basePathProblem(value: string): string | undefined {
  if (!value.startsWith('/') || /[*?#%{}[\]\\]/.test(value)) {
    return 'a base path looks like /docs: it begins with / and has no *, ?, #, %, \\ or brackets';
  }
  return prefixProblem(value.slice(1));
}

const keyProblem = (value: string): string | undefined =>
  value.endsWith('/') ? 'a file is needed, not a folder' : pathProblem(value);

function pathProblem(value: string): string | undefined {
  if (value.startsWith('/')) return 'it must not begin with /';
  if (value.split('/').includes('')) return 'a name is missing';
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(value)) return '. and .. are not allowed';
  return controlProblem(value);
}
