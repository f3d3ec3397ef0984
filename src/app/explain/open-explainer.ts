import type { Environment } from '../../aws/connect.ts';
import type { Settings } from '../../model/settings.ts';
import { describeHop } from '../../plan/explain/describe-hop.ts';
import type { EdgeVisit } from '../../plan/explain/edge-visit.ts';
import type { ExplainedSite } from '../../plan/explain/explained-site.ts';
import type { Hop } from '../../plan/explain/explanation.ts';
import { nextAddress, splitUrl } from '../../plan/explain/next-address.ts';
import type { ExplainReport } from '../../report/explain-report.ts';
import type { WireOptions } from '../wire.ts';
import { explainedBuild } from './explained-build.ts';
import { explainedLive } from './explained-live.ts';
import { openEdge } from './open-edge.ts';
import type { Viewer } from './viewer.ts';
import type { Address } from './viewer-event.ts';

export interface ExplainOptions {
  readonly viewer: Viewer;
  /** A build that would be published, or the live site. */
  readonly of:
    | { readonly kind: 'build'; readonly settings: Settings; readonly env: Environment }
    | { readonly kind: 'live'; readonly wire: WireOptions };
}

/** What a site does with a request for an address with its scheme, or for a path with its query. */
export type Explain = (target: string) => ExplainReport;

/**
 * Makes ready to tell what a site does with a visitor's requests, and why: by the very text that runs at its edge. Reads
 * the build, or what is on record of the live site, once. Throws `E_CONFIG`, `E_DIR`, `E_RULES`, `E_EDGE_SIZE`.
 */
export async function openExplainer({ viewer, of }: ExplainOptions): Promise<Explain> {
  const site = of.kind === 'build' ? await explainedBuild(of.settings, of.env) : await explainedLive(of.wire);
  const ask = await openEdge(site);
  return (target) => {
    const start = startOf(target, site);
    const { from, release } = site;
    return {
      ...{ site: site.site, from, release, method: viewer.method },
      ...follow((address) => ask(viewer, address), { start, hosts: [...site.hosts, start.host], site }),
      warnings: [...site.warnings, ...warnForeign(start.host, site)],
    };
  };
}

const warnForeign = (host: string, { site, hosts }: ExplainedSite): readonly string[] =>
  hosts.length === 0 || hosts.includes(host)
    ? []
    : [`${host} is no name of ${site} that is known; it is taken for one`];

function follow(
  ask: (address: Address) => EdgeVisit,
  { start, hosts, site }: { readonly start: Address; readonly hosts: readonly string[]; readonly site: ExplainedSite },
): Pick<ExplainReport, 'hops' | 'end'> {
  const hops: Hop[] = [];
  for (let address = start; ; ) {
    hops.push(describeHop(ask(address), site));
    const next = nextAddress(hops, hosts);
    if (next.kind === 'end') return { hops, end: next.end };
    address = next;
  }
}

/** Where nobody names a host it is the site's first, else one that stands for that of the distribution. */
function startOf(target: string, { hosts }: ExplainedSite): Address {
  if (/^https?:\/\//i.test(target)) return splitUrl(target);
  return splitUrl(`https://${hosts[0] ?? 'd0.cloudfront.net'}${target.startsWith('/') ? '' : '/'}${target}`);
}
