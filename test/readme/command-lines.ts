import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An npx that only writes down what it is called with. */
const standIn = `#!${process.execPath}
require('node:fs').appendFileSync(__dirname + '/seen', JSON.stringify(process.argv.slice(2)) + '\\n');
`;

/**
 * The arguments of every `npx …` of a script, split as the shell splits them: the script runs in a shell that has no
 * other program than a stand-in for npx. Throws where the script calls anything else, or is no shell.
 */
export function commandLines(script: string): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'cdnpub-readme-'));
  try {
    writeFileSync(join(folder, 'npx'), standIn);
    chmodSync(join(folder, 'npx'), 0o755);
    writeFileSync(join(folder, 'seen'), '');
    execFileSync('/bin/bash', ['-euc', script], { cwd: folder, env: { PATH: folder }, stdio: 'pipe' });
    const seen = readFileSync(join(folder, 'seen'), 'utf8');
    return seen
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as string[]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
