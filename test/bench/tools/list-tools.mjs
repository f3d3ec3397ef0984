import { cdnpub } from './cdnpub.mjs';
import { floors } from './floor.mjs';
import { findNodePeers } from './node-peers.mjs';
import { findPrograms } from './programs.mjs';

/**
 * What can be measured, by name: `{ about, version, run }`, or `{ about, absent }` where it is not installed. `run`
 * answers the command of one deploy: `{ command, args, cwd?, env? }`.
 */
export const listTools = (peers) => ({ ...cdnpub, ...floors, ...findPrograms(), ...findNodePeers(peers) });
