/** Resolves at Ctrl-C or SIGTERM, with the exit code set to what a shell expects of them. */
export const untilInterrupted = (): Promise<void> =>
  new Promise((resolve) => {
    const end = (code: 130 | 143) => {
      process.exitCode = code;
      resolve();
    };
    process.once('SIGINT', () => end(130));
    process.once('SIGTERM', () => end(143));
  });
