import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldersUp } from '../config/find-config.ts';

/** The command that builds with what the project's lockfile tells: `npm ci && npm run build`. */
export function buildCommand(cwd: string, fallback: string | undefined): string {
  const { scripts, packageManager } = readPackage(cwd);
  const script = ['generate', 'build'].find(
    (name) => scripts[name] !== undefined && (name === 'build' || fallback === 'nuxt generate'),
  );
  const manager = packageManager?.split('@')[0] ?? managerOf(cwd);
  if (script !== undefined) return `${installs[manager] ?? installs.npm} && ${manager} run ${script}`;
  return fallback ?? 'echo "say here how the site is built"';
}

const installs: Readonly<Record<string, string>> = {
  npm: 'npm ci',
  pnpm: 'corepack enable && pnpm install --frozen-lockfile',
  yarn: 'corepack enable && yarn install --immutable',
  bun: 'npm install --global bun && bun install --frozen-lockfile',
};

function managerOf(cwd: string): string {
  const locks = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'bun.lock': 'bun', 'bun.lockb': 'bun' };
  const names = Object.entries(locks);
  const found = foldersUp(cwd).flatMap((folder) => names.filter(([lock]) => existsSync(join(folder, lock))));
  return found[0]?.[1] ?? 'npm';
}

function readPackage(cwd: string): { readonly scripts: Record<string, string>; readonly packageManager?: string } {
  try {
    const parsed = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as {
      scripts?: Record<string, string>;
      packageManager?: string;
    };
    return { ...parsed, scripts: parsed.scripts ?? {} };
  } catch {
    return { scripts: {} };
  }
}
