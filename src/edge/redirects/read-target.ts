import type { RedirectTarget, TargetPart } from '../../model/redirect-rule.ts';
import { type Reading, read, refuse } from './reading.ts';

/**
 * Reads a destination. `names` are what the source catches; of two that fit, the longer is meant (`:idx` before `:id`).
 * A host never comes from a request: whoever makes up a link could choose it.
 */
export function readTarget(text: string, names: readonly string[]): Reading<RedirectTarget> {
  const absolute = /^(https?):\/\/([^/?#]*)(.*)$/i.exec(text);
  if (absolute === null) return readLocal(text, names);
  const [, scheme = '', authority = '', rest = ''] = absolute;
  const origin = readOrigin(scheme.toLowerCase(), authority);
  return origin.kind === 'refused' ? origin : withOrigin(origin.value, rest, names);
}

function readOrigin(scheme: string, authority: string): Reading<string> {
  if (/\*|:[A-Za-z]/.test(authority)) return refuse(hostFromRequest(authority));
  try {
    const url = new URL(`${scheme}://${authority}/`);
    if (authority.includes('@') || url.pathname !== '/') return refuse(`${authority} is no host`);
    return read(url.origin);
  } catch {
    return refuse(`${authority === '' ? 'the URL' : authority} names no host`);
  }
}

const hostFromRequest = (authority: string): string =>
  /^[\w.-]+:[A-Za-z]\w*$/.test(authority)
    ? `a slash is missing after the host: https://${authority.replace(':', '/:')}`
    : 'a host that comes from the request would let anybody lead visitors anywhere: write one rule for each host';

function readLocal(text: string, names: readonly string[]): Reading<RedirectTarget> {
  if (/^[/\\]{2}/.test(text)) return refuse(`${text} would be another host: write https:${text}`);
  if (!text.startsWith('/')) return refuse('the destination must begin with /, http:// or https://');
  if (/^\/\.netlify\//.test(text)) {
    return refuse('there are no functions of Netlify here: give the URL of the server, or use "origins" of the config');
  }
  return withOrigin(null, text, names);
}

function withOrigin(origin: string | null, rest: string, names: readonly string[]): Reading<RedirectTarget> {
  const [beforeHash, hash] = cut(rest, '#');
  const [path, query] = cut(beforeHash, '?');
  const parts = (part: string): readonly TargetPart[] => readParts(part, names);
  const target = {
    origin,
    path: parts(path.startsWith('/') ? path : `/${path}`),
    query: query === null ? null : parts(query),
    hash: hash === null ? null : parts(hash),
  };
  return read(target, remarks(path, names, origin));
}

function cut(text: string, mark: string): readonly [string, string | null] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function readParts(text: string, names: readonly string[]): readonly TargetPart[] {
  const longest = [...names].sort((a, b) => b.length - a.length);
  const parts: TargetPart[] = [];
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const name = text[at] === ':' ? longest.find((known) => text.startsWith(known, at + 1)) : undefined;
    if (name === undefined) {
      plain += text.charAt(at++);
      continue;
    }
    parts.push(...textPart(plain), { kind: 'value', name });
    plain = '';
    at += name.length + 1;
  }
  return [...parts, ...textPart(plain)];
}

const textPart = (text: string): readonly TargetPart[] => (text === '' ? [] : [{ kind: 'text', text: encode(text) }]);

/** RFC 3986: what may not stand in a URL. Escapes that are there already stay. */
const encode = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/%(?![0-9A-Fa-f]{2})|[^\x21-\x7e]+|["<>\\^`{|}]/g, encodeURIComponent);

function remarks(path: string, names: readonly string[], origin: string | null): readonly string[] {
  const unknown = [...path.matchAll(/\/:([A-Za-z][\w-]*)(?![\w:-])/g)]
    .map(([, name = '']) => name)
    .filter((name) => !names.some((known) => name.startsWith(known)))
    .filter((name) => name === 'splat' || origin === null || names.length > 0);
  return [
    ...unknown.map((name) => `the source catches no :${name}, so it stays as it is`),
    ...(path.includes('*') && origin === null ? ['* stands for itself in a destination: write :splat'] : []),
  ];
}
