import type { EdgeSource } from '../../model/edge-source.ts';

/** A source with the rules of others behind its own, for as long as pages that need them may be about. */
export const withOlderRules = (source: EdgeSource, others: readonly EdgeSource[]): EdgeSource => ({
  ...source,
  redirects: distinct([source, ...others].flatMap(({ redirects }) => redirects)),
  headers: distinct([source, ...others].flatMap(({ headers }) => headers)),
  origins: distinct([source, ...others].flatMap(({ origins }) => origins)),
});

const distinct = <T>(rules: readonly T[]): readonly T[] => [
  ...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values(),
];
