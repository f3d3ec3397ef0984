import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { joinConfigs } from './imports/collect.ts';
import { importFirebase } from './imports/import-firebase.ts';
import { importNetlify } from './imports/import-netlify.ts';
import { importS3deploy } from './imports/import-s3deploy.ts';
import { importVercel } from './imports/import-vercel.ts';
import { importWrangler } from './imports/import-wrangler.ts';
import type { ForeignConfig, Imported, ImportNote } from './imports/imported.ts';
import { readJson } from './read-json.ts';
import type { ConfigFile } from './schema.ts';

/** What the configs of other hosts in a folder say, all of them together. */
export interface ReadImports {
  readonly config: ConfigFile;
  readonly notes: readonly (ImportNote & { readonly file: string })[];
}

const importers: Readonly<Record<string, (foreign: ForeignConfig) => Imported>> = {
  'netlify.toml': importNetlify,
  'vercel.json': importVercel,
  'firebase.json': importFirebase,
  'wrangler.toml': importWrangler,
  'wrangler.jsonc': importWrangler,
  'wrangler.json': importWrangler,
  '.s3deploy.yml': importS3deploy,
};

/** Reads what stands there of Netlify, Vercel, Firebase, Cloudflare and s3deploy. A file with mistakes is told and left. */
export async function readImports(folder: string): Promise<ReadImports> {
  let config: ConfigFile = {};
  const notes: (ImportNote & { readonly file: string })[] = [];
  for (const [file, take] of Object.entries(importers)) {
    if (!existsSync(join(folder, file))) continue;
    const imported = await importFile(join(folder, file), take);
    config = joinConfigs(config, imported.config);
    notes.push(...imported.notes.map((note) => ({ ...note, file })));
  }
  return { config, notes };
}

async function importFile(path: string, take: (foreign: ForeignConfig) => Imported): Promise<Imported> {
  try {
    return take(await readForeign(path, readFileSync(path, 'utf8')));
  } catch (error) {
    const how = `it cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
    return { config: {}, notes: [{ line: 1, what: 'the file', kind: 'left', how }] };
  }
}

async function readForeign(path: string, text: string): Promise<ForeignConfig> {
  if (path.endsWith('.toml')) {
    const { parse } = await import('smol-toml');
    return { value: parse(text), lineOf: (keys) => lineInToml(text, keys) };
  }
  const read = path.endsWith('.yml') ? (await import('./read-yaml.ts')).readYaml(text) : readJson(text, undefined);
  if (read.kind === 'problems') throw new Error(read.problems[0]?.message ?? 'a mistake');
  return { value: read.value, lineOf: (path) => read.place({ path, message: '' }).line };
}

/** TOML is read without places: the table's heading is looked for, the n-th of a list, then the key below it. */
function lineInToml(text: string, keys: readonly (string | number)[]): number {
  const lines = text.split(/\r?\n/);
  const index = keys.find((key) => typeof key === 'number');
  const names = keys.filter((key) => typeof key === 'string');
  for (let length = names.length; length > 0; length--) {
    const name = names.slice(0, length).join('.');
    const headed = typeof index === 'number' ? [`[[${name}]]`] : [`[${name}]`, `[[${name}]]`, `[${name}.`];
    const headings = lines.flatMap((line, at) =>
      headed.some((one) => line.replace(/\s/g, '').startsWith(one)) ? [at] : [],
    );
    const at = headings[typeof index === 'number' ? index : 0];
    if (at !== undefined) return at + 1 + Math.max(0, keyBelow(lines.slice(at), names[length]));
  }
  return Math.max(0, keyBelow(lines, names[0])) + 1;
}

const keyBelow = (lines: readonly string[], key: string | undefined): number =>
  key === undefined
    ? 0
    : lines.findIndex(
        (line) => line.replace(/["']/g, '').trimStart().startsWith(`${key} `) || line.trimStart().startsWith(`${key}=`),
      );
