import { collect, listOf, objectOf, textOf, textsOf } from './collect.ts';
import type { ForeignConfig, Imported } from './imported.ts';

/** Reads .s3deploy.yml: routes are regular expressions over keys, of which the first that fits counts. */
export function importS3deploy(foreign: ForeignConfig): Imported {
  const into = collect(foreign);
  const value = objectOf(foreign.value);
  // There the first match wins and here the last, so the order turns round.
  for (const [index, route] of [...listOf(value.routes).entries()].reverse()) {
    const { route: pattern, headers, gzip } = objectOf(route);
    const match = globOf(textOf(pattern) ?? '');
    const set = textsOf(headers);
    if (gzip === true) into.leave(['routes', index, 'gzip'], 'CloudFront compresses by itself');
    if (Object.keys(set).length === 0) continue;
    if (match === undefined) into.leave(['routes', index], `the regular expression ${String(pattern)} has no equal`);
    else into.carry(['routes', index], { headers: [{ match, set }] }, 'headers');
  }
  const ignore = listOf(value.ignore).concat(textOf(value.ignore) ?? []);
  if (ignore.length > 0)
    into.leave(['ignore'], 'regular expressions; write them under "ignore" in the syntax of .gitignore');
  into.leaveOthers([], value, ['routes', 'ignore'], 'given to cdnpub by flags or its own config');
  return into.end();
}

/** `^.+\.(js|css)$` → a glob of all such files; undefined for what is no list of endings and no folder. */
function globOf(pattern: string): string | undefined {
  const [, some, one] = /^\^?\.[+*]\\\.(?:\(([\w|]+)\)|(\w+))\$$/.exec(pattern) ?? [];
  if (one !== undefined) return `**/*.${one}`;
  if (some !== undefined) return `**/*.{${some.replaceAll('|', ',')}}`;
  const [, folder] = /^\^\/?([\w/-]+)\/(?:\.[+*]\$?)?$/.exec(pattern) ?? [];
  if (folder !== undefined) return `${folder}/**`;
  return /^\^?\.[+*]\$?$/.test(pattern) ? '**' : undefined;
}
