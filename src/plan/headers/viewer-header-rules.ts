import type { HeaderStatement } from '../../model/header-statement.ts';
import type { ViewerHeaderRule } from '../../model/viewer-header-rule.ts';
import { edgePattern } from './edge-pattern.ts';
import { namesAny } from './fill-placeholders.ts';

/** Statements as rules of the viewer-response function: one for each run of statements with one pattern. */
export function viewerHeaderRules(
  statements: readonly HeaderStatement[],
  cleanUrls: boolean,
): readonly ViewerHeaderRule[] {
  const runs: HeaderStatement[][] = [];
  for (const statement of statements) {
    const run = runs.at(-1);
    if (run?.[0]?.match === statement.match) run.push(statement);
    else runs.push([statement]);
  }
  return runs.map((run) => toRule(run, cleanUrls));
}

function toRule(run: readonly HeaderStatement[], cleanUrls: boolean): ViewerHeaderRule {
  const { pattern, captures } = edgePattern({ match: run[0]?.match ?? '', cleanUrls });
  const set: [string, string][] = [];
  const unset = new Set<string>();
  for (const { name, value } of run) {
    const at = name === 'set-cookie' ? -1 : set.findIndex(([known]) => known === name);
    if (at >= 0) set.splice(at, 1);
    if (value === null) unset.add(name);
    else set.push([name, value]);
  }
  const isNamed = set.some(([, value]) => namesAny(value, captures));
  return { pattern, captures: isNamed ? captures : [], set, unset: [...unset] };
}
