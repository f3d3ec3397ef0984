import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyPair } from '../front/sigv4a.ts';
import { type Blobs, createMemoryBlobs } from './blobs.ts';
import { type Journal, memoryJournal } from './journal.ts';
import { openBlobs } from './open-blobs.ts';
import { openJournal } from './open-journal.ts';
import { writeAtomically } from './write-atomically.ts';

/** Everything that a local cloud keeps, in a folder or in memory. */
export interface CloudState {
  readonly journal: Journal;
  readonly blobs: Blobs;
  readonly keys: StateKeys;
  /** CloudFront's exported state as it was written last. */
  readCloudFront(): unknown;
  writeCloudFront(data: unknown): void;
  close(): void;
}

export interface StateKeys {
  /** The pair that is given out. */
  readonly own: KeyPair;
  /** The pair of the edge. */
  readonly service: KeyPair;
}

/** State that ends with the process. */
export function memoryState(own?: KeyPair): CloudState {
  return {
    journal: memoryJournal,
    blobs: createMemoryBlobs(),
    keys: { own: own ?? randomKeyPair(), service: randomKeyPair() },
    readCloudFront: () => undefined,
    writeCloudFront: () => {},
    close: () => {},
  };
}

/** State in a folder whose lock the caller holds. `own` replaces the access key that lies there. */
export function openState(folder: string, own?: KeyPair): CloudState {
  mkdirSync(folder, { recursive: true });
  // The folder lies in a project: neither its keys nor its bodies belong in a repository.
  writeFileSync(join(folder, '.gitignore'), '*\n');
  const journal = openJournal(folder);
  const cloudFront = join(folder, 'cloudfront.json');
  let isOpen = true;
  return {
    journal,
    blobs: openBlobs(join(folder, 'blobs')),
    keys: openKeys(folder, own),
    readCloudFront: () => (existsSync(cloudFront) ? JSON.parse(readFileSync(cloudFront, 'utf8')) : undefined),
    writeCloudFront(data) {
      // Once closed, the folder may belong to another process.
      if (isOpen) writeAtomically(cloudFront, JSON.stringify(data));
    },
    close() {
      isOpen = false;
      journal.close();
    },
  };
}

/** The keys of a state folder, or undefined where it has none yet. */
export function readKeys(folder: string): StateKeys | undefined {
  const path = join(folder, 'keys.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as StateKeys) : undefined;
}

function openKeys(folder: string, own: KeyPair | undefined): StateKeys {
  const known = readKeys(folder);
  const keys: StateKeys = {
    own: own ?? known?.own ?? randomKeyPair(),
    service: known?.service ?? randomKeyPair(),
  };
  writeAtomically(join(folder, 'keys.json'), JSON.stringify(keys), 0o600);
  return keys;
}

function randomKeyPair(): KeyPair {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`;
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64url') };
}
