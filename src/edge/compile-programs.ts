import type { EdgeProgram, EdgePrograms } from '../model/edge-program.ts';
import type { EdgeRelease, EdgeSource } from '../model/edge-source.ts';
import { compileEdge } from './compile-edge.ts';
import type { EdgeTools } from './edge-tools.ts';

export interface ProgramsInput {
  /** What is up there now; null before the first deploy. */
  readonly before: EdgeRelease | null;
  /** What the deploy brings. The keys hold those that are kept for open tabs. */
  readonly after: { readonly keys: readonly string[]; readonly source: EdgeSource };
  readonly tools: EdgeTools;
}

/** Both programs of a deploy. Throws `E_EDGE_SIZE` where one would be too large. */
export function compilePrograms({ before, after, tools }: ProgramsInput): EdgePrograms {
  const [fragment = ''] = Object.values(tools.fragments);
  const compile = (keys: readonly string[]) => compileEdge({ keys, settings: after.source, fragment });
  const last = compile(after.keys);
  const during = compile([...new Set([...(before?.keys ?? []), ...after.keys])]);
  return {
    during: program(during.code),
    after: program(last.code),
    layout: { paths: null, rules: null },
    warnings: last.warnings,
  };
}

const program = (viewerRequest: string): EdgeProgram => ({
  viewerRequest,
  viewerResponse: null,
  store: new Map(),
  secrets: new Map(),
  initial: new Map(),
});
