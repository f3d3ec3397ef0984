import { xmlChild } from '../../xml.ts';
import type { Distribution } from '../state.ts';
import { textsOf } from '../tree.ts';

/**
 * The distribution that answers a host name: its own domain, then an alias that is the very name, then the longest
 * `*.` alias; the star stands for one label or more [cfg23 CNAMEs: "the more specific match" wins].
 */
export function distributionFor(distributions: readonly Distribution[], host: string): Distribution | undefined {
  const name = host.toLowerCase();
  const own = distributions.find((distribution) => distribution.domain === name);
  if (own) return own;
  const matching = distributions
    .flatMap((distribution) => aliasesOf(distribution).map((alias) => ({ distribution, alias })))
    .filter(({ alias }) => alias === name || (alias.startsWith('*.') && name.endsWith(alias.slice(1))))
    .sort((one, other) => specificity(other.alias) - specificity(one.alias));
  return matching[0]?.distribution;
}

function aliasesOf(distribution: Distribution): readonly string[] {
  return textsOf(xmlChild(distribution.config, 'Aliases')).map((alias) => alias.toLowerCase());
}

function specificity(alias: string): number {
  return alias.startsWith('*.') ? alias.length : Number.POSITIVE_INFINITY;
}
