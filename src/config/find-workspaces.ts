import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastGlob from 'fast-glob';

/** Folders of the packages of a monorepo, relative to its root and sorted; none where it is none. Throws nothing. */
export async function findWorkspaces(root: string): Promise<readonly string[]> {
  const patterns = [...packagePatterns(root), ...(await pnpmPatterns(root))];
  if (patterns.length === 0) return [];
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!')).map(manifestOf);
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => manifestOf(pattern.slice(1)));
  const found = await fastGlob(wanted, {
    ...{ cwd: root, followSymbolicLinks: false, suppressErrors: true },
    ignore: ['**/node_modules/**', ...unwanted],
  });
  return found.map((path) => path.slice(0, -'/package.json'.length)).sort();
}

const manifestOf = (pattern: string): string => `${pattern.replace(/^\.\//, '').replace(/\/+$/, '')}/package.json`;

function packagePatterns(root: string): string[] {
  try {
    const parsed = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly workspaces?: unknown };
    const { workspaces } = parsed;
    const packages =
      typeof workspaces === 'object' && workspaces !== null && 'packages' in workspaces
        ? workspaces.packages
        : workspaces;
    return texts(packages);
  } catch {
    return [];
  }
}

async function pnpmPatterns(root: string): Promise<string[]> {
  try {
    const text = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
    const { parse } = await import('yaml');
    const parsed: unknown = parse(text);
    return texts(typeof parsed === 'object' && parsed !== null && 'packages' in parsed ? parsed.packages : []);
  } catch {
    return [];
  }
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && one !== '') : [];
