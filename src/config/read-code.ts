import { createJiti } from 'jiti';
import type { ConfigProblem } from './check-config.ts';
import { type PlacedProblem, placeAt, type ReadFile, showPath } from './placed-problem.ts';

/**
 * Runs a config that is a program, in whatever dialect of JavaScript or TypeScript, and takes what it exports as its
 * default. Nothing is kept: neither on the disk nor for another reading, so that `dev` sees what changed.
 */
export async function readCode(path: string, text: string): Promise<ReadFile> {
  try {
    const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
    const value: unknown = await jiti.import(path, { default: true });
    const place = ({ path: keys, message }: ConfigProblem): PlacedProblem =>
      placeAt(text, guessOffset(text, keys), showPath(keys), message);
    // A program may hold what JSON cannot; a config is data.
    return { kind: 'value', value: structuredClone(plain(value)), place };
  } catch (error) {
    const message = `it could not be run: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: 'problems', problems: [{ line: 1, column: 1, path: '', message }] };
  }
}

/** A module without a default export is itself what is exported; a function is no config. */
function plain(value: unknown): unknown {
  if (typeof value === 'function') throw new Error('its default export is a function; an object is needed');
  return typeof value === 'object' && value !== null && 'default' in value && Object.keys(value).length === 1
    ? value.default
    : value;
}

/** Where the keys stand one after the other as they would in a literal; the last that is found. */
function guessOffset(text: string, keys: readonly (string | number)[]): number {
  let offset = 0;
  for (const key of keys) {
    if (typeof key === 'number') continue;
    const name = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const found = new RegExp(`(?<![\\w$.-])(['"\`]?)${name}\\1\\s*:`).exec(text.slice(offset));
    if (found === null) break;
    offset += found.index;
  }
  return offset;
}
