import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { findConfig, foldersUp } from '../config/find-config.ts';
import type { ConfigFile } from '../config/schema.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { renderDifference } from '../report/render-difference.ts';
import { type ConfigFormat, configText } from './config-text.ts';
import { readTemplate } from './templates.ts';

export interface InitRequest {
  readonly cwd: string;
  readonly config: ConfigFile & { readonly dir: string };
  readonly format: ConfigFormat;
  /** The command that builds, where a workflow for GitHub is wanted. */
  readonly workflow: { readonly build: string } | undefined;
}

/** A file that `init` is about to write. */
export interface PlannedFile {
  /** Relative to the working folder. */
  readonly path: string;
  /** What stands there now; undefined where nothing does. */
  readonly before: string | undefined;
  readonly after: string;
  /** Added to rather than written anew: nothing of the user's is lost. */
  readonly adds: boolean;
}

/** Works out what `init` would write. Throws `E_CONFIG` where another config would stand beside the new one. */
export async function planInit(request: InitRequest): Promise<readonly PlannedFile[]> {
  const { cwd, config, format, workflow } = request;
  const name = `cdnpub.config.${format}`;
  refuseSecond(cwd, name);
  const files = [
    planned(cwd, name, await configText(config, format, schemaPlace(cwd))),
    ...ignoreFile(cwd),
    ...(workflow === undefined ? [] : [await workflowFile(request, workflow.build)]),
  ];
  return files.filter(({ before, after }) => before !== after);
}

/** Writes what was planned. Throws `E_CONFIG` with the difference where a file would be replaced that was not to be. */
export async function writeInit(
  cwd: string,
  files: readonly PlannedFile[],
  existing: 'keep' | 'replace',
): Promise<void> {
  const replaced = files.filter(({ before, adds }) => before !== undefined && !adds);
  if (existing === 'keep' && replaced.length > 0) throw wouldReplace(replaced);
  for (const { path, after } of files) {
    try {
      await mkdir(dirname(join(cwd, path)), { recursive: true });
      await writeFile(join(cwd, path), after);
    } catch (cause) {
      throw new CdnpubError('E_CONFIG', { message: `${path} could not be written: ${String(cause)}`, cause });
    }
  }
}

/** What changes in files that stand already. */
export const tellReplaced = (files: readonly PlannedFile[]): readonly string[] =>
  files.flatMap(({ path, before, after }) =>
    before === undefined ? [] : [`${path}:`, ...renderDifference(before, after).map((line) => `  ${line}`)],
  );

function wouldReplace(files: readonly PlannedFile[]): CdnpubError {
  const names = files.map(({ path }) => path).join(', ');
  return new CdnpubError('E_CONFIG', {
    message: `${names} exists already and would become another:\n${tellReplaced(files).join('\n')}`,
    hints: ['cdnpub init --force writes it so', 'cdnpub deploy'],
    details: { files: files.map(({ path }) => path) },
  });
}

function refuseSecond(cwd: string, name: string): void {
  const found = findConfig({ cwd, dir: cwd, file: undefined });
  if (found === undefined || found.path === join(cwd, name)) return;
  throw new CdnpubError('E_CONFIG', {
    message: `${found.path} exists already: there is one config, and this would be another`,
    hints: ['edit it, or remove it first', 'cdnpub deploy'],
  });
}

function planned(cwd: string, path: string, after: string): PlannedFile {
  const file = join(cwd, path);
  return { path, before: existsSync(file) ? readFileSync(file, 'utf8') : undefined, after, adds: false };
}

/** The local cloud's state is nobody's business but this machine's. */
const ignoredLine = '.cdnpub/';

function ignoreFile(cwd: string): PlannedFile[] {
  const root = foldersUp(cwd).at(-1) ?? cwd;
  if (!existsSync(join(root, '.git'))) return [];
  const { path, before = '' } = planned(cwd, '.gitignore', '');
  if (/^\/?\.cdnpub\/?$/m.test(before)) return [];
  const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  return [{ path, before: before === '' ? undefined : before, after: `${start}${ignoredLine}\n`, adds: true }];
}

async function workflowFile({ cwd, config }: InitRequest, build: string): Promise<PlannedFile> {
  const template = await readTemplate('github-workflow.yml');
  const root = foldersUp(cwd).at(-1) ?? cwd;
  const inside = existsSync(join(root, '.git')) ? relative(root, cwd) : '';
  const quoted = (text: string): string => JSON.stringify(text);
  const text = template
    .replace('__BUILD__', () => quoted(inside === '' ? build : `cd ${inside} && ${build}`))
    .replace('__REGION__', () => quoted(config.region ?? 'us-east-1'))
    .replace('__DIR__', () => quoted(inside === '' ? config.dir : `${inside}/${config.dir}`));
  const path = join(relative(cwd, existsSync(join(root, '.git')) ? root : cwd), '.github/workflows/publish.yml');
  return planned(cwd, path, text);
}

/** Where editors find the schema: in the installed package, else on a mirror of the registry. */
const schemaPlace = (cwd: string): string =>
  existsSync(join(cwd, 'node_modules/cdnpub/templates/config.schema.json'))
    ? './node_modules/cdnpub/templates/config.schema.json'
    : 'https://unpkg.com/cdnpub/templates/config.schema.json';
