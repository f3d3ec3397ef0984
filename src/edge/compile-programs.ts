import type { EdgePrograms } from '../model/edge-program.ts';
import type { EdgeOrigin, EdgeRelease, EdgeSource } from '../model/edge-source.ts';
import type { RedirectRule } from '../model/redirect-rule.ts';
import { compileEdge } from './compile-edge.ts';
import type { EdgeTools } from './edge-tools.ts';
import { siteShape, stemOf } from './site-shape.ts';

export interface ProgramsInput {
  /** What is up there now; null before the first deploy. */
  readonly before: EdgeRelease | null;
  /** What the deploy brings. The keys hold those that are kept for open tabs. */
  readonly after: { readonly keys: readonly string[]; readonly source: EdgeSource };
  readonly tools: EdgeTools;
}

/**
 * Both programs of a deploy. The one for the time between knows the files and rules that vanish as well, after those that
 * stay: where both have something at a path, the new build is right. Throws `E_EDGE_SIZE`, `E_CONFIG`.
 */
export function compilePrograms({ before, after, tools }: ProgramsInput): EdgePrograms {
  const layout = before?.layout ?? null;
  const gone = before === null ? [] : goneKeys(before.keys, after.keys);
  const rules = before === null ? [] : goneRules(before.source, after.source);
  const origins = before === null ? [] : goneOrigins(before.source, after.source);
  if (gone.length + rules.length + origins.length === 0) {
    const { program, ...rest } = compileEdge({ ...after, layout, tools });
    return { during: program, after: program, ...rest };
  }
  const source: EdgeSource = {
    ...after.source,
    redirects: [...after.source.redirects, ...rules],
    origins: [...after.source.origins, ...origins],
    index: origins.length > 0 ? 'needed' : after.source.index,
  };
  const during = compileEdge({ keys: [...after.keys, ...gone], source, layout, tools });
  const last = compileEdge({ ...after, layout: during.layout, relayout: 'keep', tools });
  return { during: during.program, after: last.program, layout: last.layout, warnings: last.warnings };
}

/** Keys of the old build at whose paths the new one has nothing. */
function goneKeys(before: readonly string[], after: readonly string[]): readonly string[] {
  const { kinds } = siteShape(after);
  const kept = new Set(after);
  return before.filter((key) => !kept.has(key) && !kinds.has(key) && !kinds.has(stemOf(key)));
}

/** A rule is the same wherever it stands in its file. */
function goneRules(before: EdgeSource, after: EdgeSource): readonly RedirectRule[] {
  const kept = new Set(after.redirects.map(said));
  return before.redirects.filter((rule) => !kept.has(said(rule)));
}

/** Another server keeps its paths for as long as a behaviour leads there. */
function goneOrigins(before: EdgeSource, after: EdgeSource): readonly EdgeOrigin[] {
  const kept = new Set(after.origins.flatMap(({ patterns }) => patterns));
  return before.origins.filter(({ patterns }) => patterns.some((one) => !kept.has(one)));
}

const said = ({ source: _, ...rule }: RedirectRule): string => JSON.stringify(rule);
