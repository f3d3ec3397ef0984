import { existsSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** A build writes many files; what follows within this time belongs to the same one. */
const quietMs = 300;

/**
 * Calls `onChange` whenever the directory has changed and then been quiet for a moment. A directory that is removed and
 * made again goes on being watched, and so does one that is not there yet. The returned function ends it.
 */
export async function watchBuild(dir: string, onChange: () => void): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  let renewing = Promise.resolve();
  let watcher = await openWatcher(dir, touched);

  function touched(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      renewing = renewing.then(renew);
    }, quietMs);
  }

  /** A watch stays with the folder that was removed when another takes its name at once, so all are made anew. */
  async function renew(): Promise<void> {
    await watcher.close();
    watcher = await openWatcher(dir, touched);
    onChange();
  }

  return async () => {
    clearTimeout(timer);
    await renewing;
    clearTimeout(timer);
    await watcher.close();
  };
}

async function openWatcher(dir: string, onEvent: () => void): Promise<FSWatcher> {
  const watcher = watch(nearestFolder(dirname(dir)), {
    ignoreInitial: true,
    followSymlinks: true,
    ignored: (path) => !concerns(dir, path),
  });
  watcher.on('all', onEvent);
  // A folder that vanishes while it is read is seen again when it is back.
  watcher.on('error', () => {});
  await new Promise<void>((resolve) => watcher.on('ready', () => resolve()));
  return watcher;
}

/** The directory may be gone or not there yet: then it is awaited from here. */
const nearestFolder = (path: string): string => (existsSync(path) ? path : nearestFolder(dirname(path)));

/** Folders that no deploy looks into; the local cloud writes to the first. */
const apart = new Set(['.cdnpub', '.git', 'node_modules']);

/** Whether a path is in the directory, or on the way to it. */
function concerns(dir: string, path: string): boolean {
  if (dir === path || dir.startsWith(path.endsWith(sep) ? path : path + sep)) return true;
  const inside = relative(dir, path).split(sep);
  return inside[0] !== '..' && !inside.some((name) => apart.has(name));
}
