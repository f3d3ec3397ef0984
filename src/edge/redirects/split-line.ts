import { type Reading, read, refuse } from './reading.ts';
import type { Pair, WrittenRule } from './written-rule.ts';

/**
 * Takes a line of `_redirects` apart: `from [query…] [to] [status[!]] [conditions…]`, between white space, up to a word
 * that begins with `#`. Undefined where nothing but a comment is on it.
 */
export function splitLine(line: string): Reading<WrittenRule> | undefined {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const comment = words.findIndex((word) => word.startsWith('#'));
  const [from, ...rest] = comment < 0 ? words : words.slice(0, comment);
  if (from === undefined) return undefined;
  if (line.length > maxLength) return refuse(`the line has ${line.length} characters; at most ${maxLength} are read`);
  if (rest.length === 0) return refuse(`a destination is missing: ${from} /where/it/leads`);
  return splitWords(from, rest);
}

/** Cloudflare's limit; a rule must also fit into one value of the store. */
const maxLength = 2000;

function splitWords(from: string, words: readonly string[]): Reading<WrittenRule> {
  const at = isStatus(words[0]) ? -1 : words.findIndex(isDestination);
  if (at < 0 && !isStatus(words[0])) return refuse(noDestination(words));
  const [status, others] = takeStatus(words.slice(at + 1));
  const query = words.slice(0, Math.max(at, 0)).map(toPair);
  const conditions = others.map(toPair);
  const odd = [...query, ...conditions].find((pair) => typeof pair === 'string');
  if (odd !== undefined) return refuse(oddWord(String(odd), status));
  const to = at < 0 ? undefined : words[at];
  return read({ from, to, ...readStatus(status), query: pairs(query), conditions: pairs(conditions) });
}

const isStatus = (word: string | undefined): boolean => word !== undefined && /^\d+!?$/.test(word);

const isDestination = (word: string): boolean => /^(?:\/|https?:)/i.test(word);

const takeStatus = ([first, ...rest]: readonly string[]): readonly [string | undefined, readonly string[]] => {
  if (first === undefined) return [undefined, []];
  return isStatus(first) ? [first, rest] : [undefined, [first, ...rest]];
};

const readStatus = (word: string | undefined): Pick<WrittenRule, 'status' | 'force'> => ({
  status: word === undefined ? undefined : Number.parseInt(word, 10),
  force: word?.endsWith('!') === true,
});

/** What stands before the first `=` and all that follows it; the word itself where there is none. */
function toPair(word: string): Pair | string {
  const at = word.indexOf('=');
  return at < 1 ? word : [word.slice(0, at), word.slice(at + 1)];
}

const pairs = (words: readonly (Pair | string)[]): readonly Pair[] => words.filter((pair) => typeof pair !== 'string');

function noDestination(words: readonly string[]): string {
  const last = words.find((word) => !word.includes('=')) ?? '/where/it/leads';
  const meant = /^[a-z]+:/i.test(last) ? 'https://…' : `/${last}`;
  return `the destination must begin with /, http:// or https://: write ${meant}`;
}

const oddWord = (word: string, status: string | undefined): string =>
  status === undefined && /\d/.test(word)
    ? `${word} is no status: write 301, or 301! to go before files`
    : `${word} is neither a status nor name=value`;
