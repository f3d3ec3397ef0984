import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Files of a tree: path → content. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** Makes a folder with these files that is gone when the test is. It is a repository: no config above it is found. */
export function tempDir(files: Tree = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-e2e-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  writeTree(root, { '.git/HEAD': '', ...files });
  return root;
}

/** Writes files below a folder. */
export function writeTree(root: string, files: Tree): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}
