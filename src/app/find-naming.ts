import { detectOutput } from '../config/frameworks/detect-output.ts';
import type { NamingRules } from '../model/naming-rules.ts';

/** What the generator of a build promises of its names; nothing where it cannot be told. Needs no config. */
export const findNaming = (files: readonly string[], indexHead = ''): NamingRules =>
  detectOutput({ files, indexHead }) ?? { fingerprinted: [], mutable: [] };
