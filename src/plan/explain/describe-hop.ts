import { canonicalPath } from '../../edge/canonical-path.ts';
import { browserSeconds, cacheAges } from './cache-ages.ts';
import type { EdgeVisit, HeaderLine, VisitOutcome } from './edge-visit.ts';
import type { ExplainedSite } from './explained-site.ts';
import type { Hop, HopAnswer } from './explanation.ts';
import { readTrace } from './read-trace.ts';
import { tellHeaders } from './tell-headers.ts';

/** What became of one request, and why. */
export function describeHop(visit: EdgeVisit, site: ExplainedSite): Hop {
  const { url, path, outcome } = visit;
  return {
    url,
    path,
    causes: readTrace(visit, site.source),
    answer: answerOf(outcome),
    ...describeOutcome(outcome, site),
  };
}

function answerOf(outcome: VisitOutcome): HopAnswer {
  switch (outcome.kind) {
    case 'toHttps':
      return { kind: 'redirect', status: outcome.status, location: outcome.location };
    case 'refused':
      return { kind: 'text', status: outcome.status };
    case 'answered': {
      const location = headerOf(outcome.headers, 'location');
      const { status } = outcome;
      return location === undefined ? { kind: 'text', status } : { kind: 'redirect', status, location };
    }
    case 'file':
      return { kind: 'file', status: outcome.status, key: outcome.key };
    case 'missing':
      return { kind: 'file', status: 404, key: outcome.key };
    default:
      return outcome;
  }
}

function describeOutcome(outcome: VisitOutcome, site: ExplainedSite): Pick<Hop, 'headers' | 'cache' | 'purgedBy'> {
  if (outcome.kind === 'toHttps' || outcome.kind === 'failed')
    return { headers: [], cache: { edgeSeconds: 0, browserSeconds: null }, purgedBy: null };
  if (outcome.kind === 'origin') return { headers: [], cache: null, purgedBy: null };
  const { headers } = outcome;
  const shown = headerOf(headers, 'cache-control');
  if (outcome.kind !== 'file' && outcome.kind !== 'missing') {
    const cache = { edgeSeconds: 0, browserSeconds: browserSeconds(shown) };
    return { headers: tellHeaders(site, { headers, passed: 'no function' }), cache, purgedBy: null };
  }
  const { key, kind } = outcome;
  const object = site.objects.get(key);
  const ages = cacheAges({ stored: object?.headers['cache-control'], shown });
  return {
    headers: tellHeaders(site, { headers, key, passed: kind === 'file' ? 'function' : 'no function' }),
    // The distribution keeps no 404.
    cache: kind === 'missing' ? { ...ages, edgeSeconds: 0 } : ages,
    purgedBy: { path: canonicalPath(key), tags: object?.tags ?? [] },
  };
}

const headerOf = (headers: readonly HeaderLine[], name: string): string | undefined =>
  headers.find(([other]) => other === name)?.[1];
