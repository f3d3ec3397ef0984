import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Builds the program once, so that tests which spawn the real binary run what is in src/.
    globalSetup: ['test/support/build.ts'],
    disableConsoleIntercept: true,
    // Most tests wait for a program that they started, and much of that for time to pass: cores would be idle.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
