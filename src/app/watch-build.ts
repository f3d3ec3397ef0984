import { watch } from 'chokidar';

/** A build writes many files; what follows within this time belongs to the same one. */
const quietMs = 300;

/**
 * Calls `onChange` whenever the directory has changed and then been quiet for a moment. A directory that is removed and
 * made again goes on being watched. The returned function ends it.
 */
export async function watchBuild(dir: string, onChange: () => void): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dir, { ignoreInitial: true, followSymlinks: true });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  });
  // A folder that vanishes while it is read is seen again when it is back.
  watcher.on('error', () => {});
  await new Promise<void>((resolve) => watcher.on('ready', () => resolve()));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}
