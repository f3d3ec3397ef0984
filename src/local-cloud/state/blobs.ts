import { randomUUID } from 'node:crypto';

/** Where object bodies lie. Never altered once put. */
export interface Blobs {
  put(data: Buffer): Promise<string>;
  /** Bytes from `begin` to before `end`. A blob that is removed while it is read is still read to its end. */
  read(id: string, begin: number, end: number): Promise<Buffer>;
  remove(id: string): void;
  /** Drops every blob that is not in `known`: what a crash left between a body and its record. */
  retain(known: ReadonlySet<string>): void;
}

/** Bodies that end with the process. */
export function createMemoryBlobs(): Blobs {
  const blobs = new Map<string, Buffer>();
  return {
    async put(data) {
      const id = randomUUID();
      blobs.set(id, data);
      return id;
    },
    read: async (id, begin, end) => found(blobs, id).subarray(begin, end),
    remove: (id) => void blobs.delete(id),
    retain(known) {
      for (const id of blobs.keys()) if (!known.has(id)) blobs.delete(id);
    },
  };
}

function found(blobs: ReadonlyMap<string, Buffer>, id: string): Buffer {
  const blob = blobs.get(id);
  if (blob === undefined) throw new Error(`There is no blob ${id}.`);
  return blob;
}
