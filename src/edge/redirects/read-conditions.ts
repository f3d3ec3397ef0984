import type { QueryPart, RuleConditions } from '../../model/redirect-rule.ts';
import { type Reading, read, refuse } from './reading.ts';
import type { Pair } from './written-rule.ts';

/** Reads `Country=de,at`, `Language=fr` and `Cookie=beta`. Roles and signatures need a server that knows its users. */
export function readConditions(pairs: readonly Pair[]): Reading<RuleConditions> {
  const problem = pairs.map(conditionProblem).find((message) => message !== undefined);
  if (problem !== undefined) return refuse(problem);
  const values = (wanted: string): readonly string[] =>
    pairs.filter(([name]) => name.toLowerCase() === wanted).flatMap(([, value]) => listed(value));
  return read({
    country: values('country').map((code) => code.toUpperCase()),
    language: values('language').map((tag) => tag.toLowerCase()),
    cookie: values('cookie'),
  });
}

const listed = (value: string): readonly string[] => value.split(',').filter((item) => item !== '');

const notHonoured: Readonly<Record<string, string>> = {
  role: 'roles are not honoured: protect paths with "auth" of the config',
  sign: 'signed proxies are not honoured: send a secret header with "origins" of the config',
  signed: 'signed proxies are not honoured: send a secret header with "origins" of the config',
};

const shapes: Readonly<Record<string, RegExp>> = {
  // ISO 3166-1.
  country: /^[A-Za-z]{2}$/,
  language: /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/,
  // RFC 6265 §4.1.1.
  cookie: /^[!#$%&'*+.^`|~\w-]+$/,
};

function conditionProblem([name, value]: Pair): string | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(notHonoured, key)) return notHonoured[key];
  const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
  if (shape === undefined) return `${name} is no condition; known are Country, Language and Cookie`;
  const odd = listed(value).find((item) => !shape.test(item));
  if (odd !== undefined) return `${name}=${odd} can never be: ${examples[key]}`;
  return listed(value).length === 0 ? `${name} names nothing: ${examples[key]}` : undefined;
}

const examples: Readonly<Record<string, string>> = {
  country: 'write Country=de,at',
  language: 'write Language=fr,pt-br',
  cookie: 'write the name of a cookie',
};

/** Reads the query parameters that a request must have. */
export function readQuery(pairs: readonly Pair[]): Reading<readonly QueryPart[]> {
  const names = pairs.map(([name]) => decode(name));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return refuse(`the parameter ${twice} stands here twice`);
  return read(pairs.map(([name, value]) => queryPart(decode(name), value)));
}

const queryPart = (name: string, value: string): QueryPart =>
  /^:[A-Za-z_][\w-]*$/.test(value) ? { name, capture: value.slice(1) } : { name, value: decode(value) };

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // a lone `%` stands for itself
  }
}
