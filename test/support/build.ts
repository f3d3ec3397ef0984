import { execFileSync } from 'node:child_process';

/** Builds the program once before all tests, so that a test which spawns the real binary runs what is in `src/`. */
export default function setup(): void {
  if (process.env.CDNPUB_TEST_NO_BUILD === '1') return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
