import type { FunctionValue } from '../sandbox/function-event.ts';

/** A `Set-Cookie` line as functions see it: name, value, and all after the first `;` as `attributes`. */
export function readSetCookie(line: string): FunctionValue & { readonly name: string } {
  const semicolon = line.indexOf(';');
  const pair = semicolon < 0 ? line : line.slice(0, semicolon);
  const equals = pair.indexOf('=');
  const name = (equals < 0 ? pair : pair.slice(0, equals)).trim();
  const value = equals < 0 ? '' : pair.slice(equals + 1).trim();
  return semicolon < 0 ? { name, value } : { name, value, attributes: line.slice(semicolon + 1).trim() };
}

export function writeSetCookie(cookie: FunctionValue & { readonly name: string }): string {
  const pair = `${cookie.name}=${cookie.value}`;
  return cookie.attributes === undefined || cookie.attributes === '' ? pair : `${pair}; ${cookie.attributes}`;
}
