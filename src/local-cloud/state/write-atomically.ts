import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file so that a reader, or a start after a crash, finds either what was there or all of `data`. */
export function writeAtomically(path: string, data: string | Buffer, mode = 0o644): void {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, data, { mode });
  renameSync(temporary, path);
}
