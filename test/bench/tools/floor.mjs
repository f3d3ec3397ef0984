import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../floor/floor.mjs', import.meta.url));

const floor = (mode, about) => ({
  about,
  version: process.version,
  run: ({ dir, bucket, connections }) => ({
    command: process.execPath,
    args: [program, mode, dir, bucket, String(connections)],
  }),
});

/** What no tool can be faster than. `publishes` says whether a bucket stands for the build afterwards. */
export const floors = {
  'floor-hash': { ...floor('hash', 'reading and hashing alone, SHA-256 on two threads'), publishes: false },
  'floor-put': floor('put', 'bare signed PUTs of everything over kept connections; deletes nothing'),
  floor: floor('diff', 'the same of what differs, after a LIST in ranges and MD5 on two threads'),
};
