import * as v from 'valibot';
import { type ConfigFile, configSchema } from './schema.ts';

export type ConfigIssue = v.InferIssue<typeof configSchema>;

/**
 * Reads a value by the schema and collects every issue. valibot tells one unknown key of an object and goes on with the
 * next object, so the unknown keys that it told are taken away and the rest is read again, until none is left.
 */
export function parseConfig(value: unknown): {
  readonly issues: readonly ConfigIssue[];
  /** The config, where there are no issues. */
  readonly config: ConfigFile | undefined;
  /** What was read, as far as it could be. */
  readonly output: unknown;
} {
  const unknownKeys: ConfigIssue[] = [];
  for (let rest = value; ; ) {
    const result = v.safeParse(configSchema, rest);
    const found = (result.issues ?? []).filter(isUnknownKey);
    if (found.length === 0) {
      const issues = [...unknownKeys, ...(result.issues ?? [])];
      const config = result.success && issues.length === 0 ? result.output : undefined;
      return { issues, config, output: result.output };
    }
    unknownKeys.push(...found);
    for (const { path = [] } of found) {
      const keys = path.map(({ key }) => String(key));
      rest = without(rest, keys);
    }
  }
}

const isUnknownKey = ({ type, expected }: ConfigIssue): boolean => type === 'strict_object' && expected === 'never';

/** A copy of a value without what stands at a path. */
function without(value: unknown, [key, ...below]: readonly string[]): unknown {
  // An item that a path ends at is one of a list where an object should be: what is left is read as an object.
  if (Array.isArray(value) && below.length > 0) {
    return value.map((item, at) => (String(at) === key ? without(item, below) : item));
  }
  const entries = Object.entries(value ?? {}).flatMap(([name, part]) => {
    if (name !== key) return [[name, part]];
    return below.length === 0 ? [] : [[name, without(part, below)]];
  });
  return Object.fromEntries(entries);
}
