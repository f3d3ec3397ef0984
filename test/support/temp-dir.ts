import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Tree, writeTree } from './write-tree.ts';

export { type Tree, writeTree } from './write-tree.ts';

/** Makes a folder with these files that is gone when the test is. It is a repository: no config above it is found. */
export function tempDir(files: Tree = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-e2e-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }));
  writeTree(root, { '.git/HEAD': '', ...files });
  return root;
}
