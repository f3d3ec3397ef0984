import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, read, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Blobs } from './blobs.ts';

/** Bodies as files in `folder`, spread over 256 subfolders by the first letters of their names. */
export function openBlobs(folder: string): Blobs {
  const pathOf = (id: string) => join(folder, id.slice(0, 2), id);
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < 256; n += 1) mkdirSync(join(folder, n.toString(16).padStart(2, '0')), { recursive: true });
  return {
    async put(data) {
      const id = randomUUID();
      // No temporary name is needed: only a record written after it makes the file part of anything. Small bodies are
      // written at once, as handing them to another thread costs more than writing them.
      if (data.length <= directWriteLimit) writeFileSync(pathOf(id), data);
      else await writeFile(pathOf(id), data);
      return id;
    },
    read(id, begin, end) {
      // Opened before this returns: what is open is read to its end, even when it is removed meanwhile.
      return readOpened(openSync(pathOf(id), 'r'), begin, end);
    },
    remove: (id) => rmSync(pathOf(id), { force: true }),
    retain(known) {
      for (const name of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (name.isFile() && !known.has(name.name)) rmSync(join(name.parentPath, name.name), { force: true });
      }
    },
  };
}

/** Bytes. */
const directWriteLimit = 1024 ** 2;

const readBytes = promisify(read);

async function readOpened(file: number, begin: number, end: number): Promise<Buffer> {
  try {
    const data = Buffer.allocUnsafe(end - begin);
    let done = 0;
    while (done < data.length) {
      const { bytesRead } = await readBytes(file, data, done, data.length - done, begin + done);
      if (bytesRead === 0) throw new Error('A stored body is shorter than its record says.');
      done += bytesRead;
    }
    return data;
  } finally {
    closeSync(file);
  }
}
