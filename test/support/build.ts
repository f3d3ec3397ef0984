import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Builds the program once before all tests, so that a test which spawns the real binary runs what is in `src/`. */
export default function setup(): void {
  if (process.env.CDNPUB_TEST_NO_BUILD === '1') return;
  rmSync('dist', { recursive: true, force: true });
  execFileSync('npx', ['--no-install', 'tsc', '-p', '.'], { stdio: 'inherit' });
}
