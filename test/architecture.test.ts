import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { describe, expect, test } from 'vitest';
import { type SourceFile, type SourceImport, scanSource } from './support/scan-source.ts';

// docs/architecture.md as a test. A type import binds a room as much as any other: no law exempts it unless it says so.

const rooms = {
  model: /^src\/model\//,
  plan: /^src\/plan\//,
  edge: /^src\/edge\//,
  report: /^src\/report\//,
  // What touches the disk says so by its verb; the rest of the room is pure.
  'config files': /^src\/config\/(?:load|detect|find|read)(?:-[^/]*)?\.ts$/,
  config: /^src\/config\//,
  site: /^src\/site\//,
  aws: /^src\/aws\//,
  apply: /^src\/apply\//,
  'local cloud': /^src\/local-cloud\//,
  app: /^src\/app\//,
  ui: /^src\/ui\//,
  commands: /^src\/commands\//,
  'base command': /^src\/base-command\.ts$/,
  index: /^src\/index\.ts$/,
} as const;

type Room = keyof typeof rooms;

const mayImport: Readonly<Record<Room, readonly Room[]>> = {
  model: [],
  edge: ['model'],
  plan: ['model', 'edge'],
  report: ['model', 'plan'],
  config: ['model', 'plan'],
  'config files': ['model', 'config'],
  site: ['model', 'plan'],
  aws: ['model', 'plan'],
  apply: ['model', 'plan'],
  'local cloud': [],
  app: ['model', 'edge', 'plan', 'report', 'config', 'config files', 'site', 'aws', 'apply', 'local cloud'],
  ui: ['model', 'report', 'app', 'config', 'config files'],
  'base command': ['model', 'report', 'app', 'ui'],
  commands: ['model', 'report', 'app', 'config', 'config files', 'ui', 'base command'],
  index: ['model', 'plan', 'edge', 'report', 'config', 'app'],
};

const pure: readonly Room[] = ['model', 'plan', 'edge', 'report', 'config'];
const rim: readonly Room[] = ['ui', 'commands', 'base command'];

const roomOf = (path: string): Room | undefined =>
  (Object.keys(rooms) as Room[]).find((room) => rooms[room].test(path));

/** A law: the violations of a set of files, a line each. */
type Law = (files: readonly SourceFile[]) => readonly string[];

const eachFile =
  (rule: (file: SourceFile, room: Room | undefined) => readonly string[]): Law =>
  (files) =>
    files.flatMap((file) => rule(file, roomOf(file.path)).map((what) => `${file.path}: ${what}`));

const eachImport = (isAllowed: (found: SourceImport, file: SourceFile, room: Room | undefined) => boolean): Law =>
  eachFile((file, room) =>
    file.imports.filter((found) => !isAllowed(found, file, room)).map(({ specifier }) => `imports ${specifier}`),
  );

const inCode = (pattern: RegExp, isAllowed: (room: Room | undefined, path: string) => boolean): Law =>
  eachFile(({ code, path }, room) =>
    isAllowed(room, path) ? [] : [...code.matchAll(pattern)].map(([found]) => `says ${found}`),
  );

const isPure = (room: Room | undefined): boolean => room !== undefined && pure.includes(room);
const isRim = (room: Room | undefined): boolean => room !== undefined && rim.includes(room);

const keepsToItsRooms: Law = eachImport(({ target }, _, room) => {
  if (target === undefined || room === undefined) return target === undefined;
  const other = roomOf(target);
  return other === room || (other !== undefined && mayImport[room].includes(other));
});

const importsNoCycle: Law = (files) => {
  const edges = new Map(files.map(({ path, imports }) => [path, imports.flatMap(({ target }) => target ?? [])]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
    if (trail.includes(path) || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
};

const laws = {
  'a room imports only what the table allows it': keepsToItsRooms,
  'no file imports itself, however long the way': importsNoCycle,
  // The local cloud is a program of its own; its lock names the process that holds a state folder.
  'only the rim knows the process': inCode(/\bprocess\.\w+/g, (room) => isRim(room) || room === 'local cloud'),
  'the process is not imported either': eachImport(
    ({ specifier }, _, room) => isRim(room) || !/^(?:node:)?process$/.test(specifier),
  ),
  'only src/aws imports the AWS SDK': eachImport(
    ({ specifier }, _, room) => room === 'aws' || !/^@(?:aws-sdk|smithy)\//.test(specifier),
  ),
  'a pure room imports nothing of Node': eachImport(
    ({ specifier }, _, room) => !isPure(room) || !specifier.startsWith('node:'),
  ),
  'a pure room knows no clock, no chance and no console': inCode(
    /\bDate\.now\b|\bMath\.random\b|\bnew Date\(\s*\)|\bconsole\b|\bperformance\b|\bcrypto\b|\bfetch\(|\bset(?:Timeout|Interval)\b|\bBuffer\b/g,
    (room) => !isPure(room),
  ),
  'a pure room is synchronous': inCode(/\basync\b|\bawait\b/g, (room) => !isPure(room)),
  'only app/wire.ts names values of src/aws, and later than at load': eachImport(
    ({ target, kind }, { path }, room) =>
      room === 'aws' ||
      target === undefined ||
      roomOf(target) !== 'aws' ||
      kind === 'type' ||
      (kind === 'dynamic' && path === 'src/app/wire.ts'),
  ),
  'app loads the local cloud only when it is needed': eachImport(
    ({ target, kind }, _, room) =>
      room === 'local cloud' ||
      target === undefined ||
      roomOf(target) !== 'local cloud' ||
      (room === 'app' && kind !== 'static'),
  ),
  'no barrels but src/index.ts': inCode(/^export \*.*$/gm, (room) => room === 'index'),
  'prompts and moving rows live in src/ui': eachImport(
    ({ specifier }, _, room) => room === 'ui' || !/^(?:listr2|@inquirer\/.*)$/.test(specifier),
  ),
  'oclif stays in the rim': eachImport(({ specifier }, _, room) => isRim(room) || !specifier.startsWith('@oclif/')),
  'only src/site and src/config read directories by glob': eachImport(
    ({ specifier }, _, room) => room === 'site' || room === 'config files' || specifier !== 'fast-glob',
  ),
  'relative imports end in .ts and lead to a file of src': eachImport(
    ({ specifier, target }) => target === undefined || (specifier.endsWith('.ts') && target.startsWith('src/')),
  ),
  'every file lies in a room': eachFile((_, room) => (room === undefined ? ['lies in no room'] : [])),
} as const satisfies Record<string, Law>;

const sources = fastGlob
  .sync('src/**/*.ts')
  .sort()
  .map((path) => scanSource(path, readFileSync(path, 'utf8')));

describe('the sources keep the law', () => {
  test.each(Object.entries(laws))('%s', (_, law) => expect(law(sources)).toEqual([]));
});

/** For each law a file that breaks it: a law that sees nothing would hold for ever. */
const offenders = [
  ['a room imports only what the table allows it', 'src/model/x.ts', "import { a } from '../plan/a.ts';"],
  ['a room imports only what the table allows it', 'src/model/x.ts', "import type { A } from '../plan/a.ts';"],
  ['a room imports only what the table allows it', 'src/plan/a/x.ts', "export { a } from '../../report/a.ts';"],
  ['a room imports only what the table allows it', 'src/apply/x.ts', "const a = await import('../aws/a.ts');"],
  ['a room imports only what the table allows it', 'src/local-cloud/x.ts', "import '../model/a.ts';"],
  ['a room imports only what the table allows it', 'src/commands/x.ts', "import {\n  a,\n  b,\n} from '../aws/a.ts';"],
  ['a room imports only what the table allows it', 'src/config/rules.ts', "import { a } from './load.ts';"],
  ['no file imports itself, however long the way', 'src/plan/x.ts', "import { a } from './x.ts';"],
  ['only the rim knows the process', 'src/app/x.ts', 'const a = process.pid;'],
  ['the process is not imported either', 'src/site/x.ts', "import { env } from 'node:process';"],
  ['only src/aws imports the AWS SDK', 'src/app/x.ts', "import type { A } from '@aws-sdk/client-s3';"],
  ['only src/aws imports the AWS SDK', 'src/local-cloud/x.ts', "import { A } from '@smithy/signature-v4';"],
  ['a pure room imports nothing of Node', 'src/report/x.ts', "import { join } from 'node:path';"],
  ['a pure room knows no clock, no chance and no console', 'src/plan/x.ts', 'const a = Date.now();'],
  ['a pure room knows no clock, no chance and no console', 'src/edge/x.ts', 'const a = new Date();'],
  ['a pure room is synchronous', 'src/plan/x.ts', 'export async function x() {}'],
  [
    'only app/wire.ts names values of src/aws, and later than at load',
    'src/app/wire.ts',
    "import { a } from '../aws/a.ts';",
  ],
  ['only app/wire.ts names values of src/aws, and later than at load', 'src/app/x.ts', "await import('../aws/a.ts');"],
  ['app loads the local cloud only when it is needed', 'src/app/x.ts', "import { a } from '../local-cloud/a.ts';"],
  ['app loads the local cloud only when it is needed', 'src/ui/x.ts', "await import('../local-cloud/a.ts');"],
  ['no barrels but src/index.ts', 'src/plan/x.ts', "export * from './a.ts';"],
  ['prompts and moving rows live in src/ui', 'src/commands/x.ts', "import { confirm } from '@inquirer/prompts';"],
  ['oclif stays in the rim', 'src/app/x.ts', "import { Command } from '@oclif/core';"],
  ['only src/site and src/config read directories by glob', 'src/apply/x.ts', "import glob from 'fast-glob';"],
  ['relative imports end in .ts and lead to a file of src', 'src/plan/x.ts', "import { a } from './a';"],
  ['relative imports end in .ts and lead to a file of src', 'src/plan/x.ts', "import { a } from '../../test/a.ts';"],
  ['every file lies in a room', 'src/utils/x.ts', 'export const x = 1;'],
] as const satisfies readonly (readonly [keyof typeof laws, string, string])[];

describe('the law sees', () => {
  test.each(offenders)('%s: %s', (name, path, text) => expect(laws[name]([scanSource(path, text)])).not.toEqual([]));

  test('every law has an offender', () => {
    expect(new Set(offenders.map(([name]) => name))).toEqual(new Set(Object.keys(laws)));
  });

  test('a cycle over three files, once', () => {
    const files = [
      scanSource('src/plan/a.ts', "import type { B } from './b.ts';"),
      scanSource('src/plan/b.ts', "const c = import('./deep/c.ts');"),
      scanSource('src/plan/deep/c.ts', "export { a } from '../a.ts';"),
    ];
    expect(importsNoCycle(files)).toEqual(['src/plan/a.ts → src/plan/b.ts → src/plan/deep/c.ts → src/plan/a.ts']);
  });

  test('comments and strings are no code', () => {
    const text = "// process.exit\n/* import '../app/a.ts'; */\nexport const x = 'process.env';\n";
    const files = [scanSource('src/model/x.ts', text)];
    expect(Object.values(laws).flatMap((law) => law(files))).toEqual([]);
  });
});
