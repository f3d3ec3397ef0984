import type { PathPart } from '../../model/redirect-rule.ts';
import { type Reading, read, refuse } from './reading.ts';
import type { Dialect, WrittenRule } from './written-rule.ts';

/** What a rule is for. */
export interface RuleOrigin {
  readonly host: string | null;
  readonly scheme: 'http' | 'https' | null;
  readonly from: readonly PathPart[];
}

/**
 * Reads the source of a rule: a path, or a URL. `:name` is one segment. Mid-segment it is a part of one, as Cloudflare
 * has it (`/pre-:x`); to Netlify it is text there, so its files mean it only where the destination names it too.
 * Escapes are read as what they mean, so `%2A` is a plain `*`; slashes in a row are one.
 */
export function readSource({ from, to }: WrittenRule, dialect: Dialect): Reading<RuleOrigin> {
  const isMeant = (name: string): boolean => dialect === 'cloudflare' || to?.includes(name) === true;
  const withPath = (path: string, place: Omit<RuleOrigin, 'from'>) => readPlaced(path, { dialect, isMeant, place });
  const absolute = /^(https?):\/\/([^/?#]*)(.*)$/i.exec(from);
  if (absolute === null) return withPath(from, { scheme: null, host: null });
  const [, scheme = '', authority = '', rest = ''] = absolute;
  const host = readHost(authority);
  if (host.kind === 'refused') return host;
  return withPath(rest, { scheme: scheme.toLowerCase() === 'http' ? 'http' : 'https', host: host.value });
}

function readHost(authority: string): Reading<string> {
  if (/[*]|:\D/.test(authority)) return refuse(`a host is matched as a whole: write one rule for each host`);
  const host = authority
    .normalize('NFC')
    .toLowerCase()
    .replace(/:(?:80|443)$/, '');
  if (/:\d*$/.test(host)) return refuse(`CloudFront has no port ${host.replace(/^.*:/, '')}`);
  return hostName(host) ?? refuse(`${authority === '' ? 'the URL' : authority} names no host`);
}

/** The ASCII form of a host. */
function hostName(host: string): Reading<string> | undefined {
  try {
    const url = new URL(`https://${host}/`);
    return host !== '' && url.username === '' && url.pathname === '/' ? read(url.host) : undefined;
  } catch {
    return undefined;
  }
}

interface PathReading {
  readonly dialect: Dialect;
  /** Whether a `:name` within a segment is a placeholder. */
  readonly isMeant: (name: string) => boolean;
  readonly place: Omit<RuleOrigin, 'from'>;
}

function readPlaced(text: string, reading: PathReading): Reading<RuleOrigin> {
  const [path = ''] = text.split(/[?#]/, 1);
  if (path !== text && reading.dialect === 'netlify') return refuse(afterPath(text, path));
  const parts = readPath(path, reading);
  if (parts === undefined) return refuse(`${path} has an escape that is none: % is written %25`);
  const plain = parts.map((part) => (part.kind === 'text' ? part.text : 'x')).join('');
  if (/\/\.\.?(?:\/|$)/.test(plain)) return refuse('no request comes with a segment . or ..');
  if (plain.startsWith('/.netlify')) return refuse('/.netlify is a part of Netlify');
  const problem = captureProblem(parts);
  if (problem !== undefined) return refuse(problem);
  return read({ ...reading.place, from: parts }, [
    ...(path === text ? [] : [ignoredRest(text, path)]),
    ...repeated(parts),
  ]);
}

const afterPath = (text: string, path: string): string =>
  text.charAt(path.length) === '#'
    ? 'browsers never send what follows #'
    : `query parameters stand for themselves: ${path} ${text.slice(path.length + 1).replaceAll('&', ' ')} /where/it/leads`;

const ignoredRest = (text: string, path: string): string => `${text.slice(path.length)} is not looked at`;

/** What may catch something; a name that is a whole segment may hold hyphens, but for Cloudflare. */
const captures = {
  netlify: /(\*+|(?<=\/):\w[\w-]*(?=\/|$)|:[A-Za-z]\w*)/,
  cloudflare: /(\*+|:[A-Za-z]\w*)/,
} as const satisfies Record<Dialect, RegExp>;

function readPath(path: string, { dialect, isMeant }: PathReading): readonly PathPart[] | undefined {
  const pieces = `/${path}`.replace(/\/{2,}/g, '/').split(captures[dialect]);
  const isCapture = (piece: string, index: number): boolean =>
    index % 2 === 1 && (piece.startsWith('*') || pieces[index - 1]?.endsWith('/') === true || isMeant(piece));
  try {
    return joinTexts(pieces.map((piece, index) => (isCapture(piece, index) ? capturePart(piece) : textPart(piece))));
  } catch {
    return undefined;
  }
}

const textPart = (piece: string): PathPart => ({ kind: 'text', text: decodeURIComponent(piece).normalize('NFC') });

const capturePart = (piece: string): PathPart =>
  piece.startsWith('*') ? { kind: 'splat' } : { kind: 'segment', name: piece.slice(1) };

/** Texts in a row as one, without empty ones; an escaped slash is one like any other. */
function joinTexts(parts: readonly PathPart[]): readonly PathPart[] {
  const joined: PathPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind !== 'text') joined.push(part);
    else if (last?.kind === 'text') joined[joined.length - 1] = { kind: 'text', text: oneSlash(last.text + part.text) };
    else if (part.text !== '') joined.push({ kind: 'text', text: oneSlash(part.text) });
  }
  return joined;
}

const oneSlash = (text: string): string => text.replace(/\/{2,}/g, '/');

function captureProblem(parts: readonly PathPart[]): string | undefined {
  const splats = parts.filter(({ kind }) => kind === 'splat').length;
  if (splats > 2) return 'more than two * are not honoured: write :name for single segments';
  const named = parts.some((part) => part.kind === 'segment' && part.name === 'splat');
  return named && splats > 0 ? ':splat is what * catches: give the placeholder another name' : undefined;
}

function repeated(parts: readonly PathPart[]): readonly string[] {
  const names = parts.flatMap((part) => (part.kind === 'segment' ? [part.name] : []));
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
  const splats = parts.filter(({ kind }) => kind === 'splat').length;
  return [
    ...twice.map((name) => `:${name} stands here twice; the destination gets the first`),
    ...(splats > 1 ? ['of two * the destination gets the first'] : []),
  ];
}
