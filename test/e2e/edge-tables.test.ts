import { describe, expect, test } from 'vitest';
import type { Visit } from '../edge/event-for.ts';
import type { FeatureRow, FeatureTable } from '../edge/feature-table.ts';
import { inShort, openSite, type SiteAtEdge } from '../edge/open-site.ts';
import { featureTables } from '../edge/tables/feature-tables.ts';
import { rawRequest } from '../local-cloud/front/raw-request.ts';
import { type DeployedSite, deploySiteAtEdge } from '../support/deploy-site-at-edge.ts';

/**
 * What the features of the edge do, alone and in pairs, once more: deployed, published and asked over HTTP, where the
 * sandbox alone answers in test/edge. The same rows hold, and answers of functions have the same headers and bodies.
 */

// Paths that another server answers need that server: they are asked where origins are deployed.
const tables = featureTables.filter(({ site }) => site.source?.origins === undefined);

describe('over HTTP', () => {
  test('there are tables', () => expect(tables.length).toBeGreaterThan(15));

  test.each(tables.map((one) => [one.name, one] as const))('%s', async (_, { site, rows }) => {
    const found: string[] = [];
    for (const part of [rows.filter((row) => !hasAddress(row)), rows.filter(hasAddress)]) {
      if (part.length > 0) found.push(...(await askAll(fromHere(site, part), part)));
    }
    const sorted = [...rows.filter((row) => !hasAddress(row)), ...rows.filter(hasAddress)];
    expect(found).toEqual(sorted.map(inWords));
  });
});

/** Asks a deployed site row by row, and holds what functions answered to what the sandbox says. */
async function askAll(site: SiteAtEdge, rows: readonly FeatureRow[]): Promise<readonly string[]> {
  const visits = rows.map(([visit]) => visitOf(visit));
  const hosts = [
    ...new Set([...(site.source?.hosts ?? []), ...visits.flatMap(({ host }) => host?.toLowerCase() ?? [])]),
  ];
  const deployed = await deploySiteAtEdge(site, hosts);
  const sandbox = openSite(site);
  const found: string[] = [];
  for (const [i, visit] of visits.entries()) {
    const answer = await ask(deployed, visit);
    found.push(`${visit.path} → ${`${answer.status} ${answer.location ?? answer.key}`.trim()}`);
    if (!isTaken(visit)) continue;
    const { status, headers, body } = await sandbox({ ...visit, ip: '127.0.0.1' });
    const [, expected] = rows[i] ?? [];
    expect(inShort({ ...(await sandbox({ ...visit, ip: '127.0.0.1' })) }), visit.path).toBe(expected);
    expect(answer.status, visit.path).toBe(status);
    expect(answer.headers, visit.path).toMatchObject(headers);
    if (body !== undefined && visit.method !== 'HEAD') expect(answer.text, visit.path).toBe(body);
  }
  return found;
}

async function ask({ domain, port }: DeployedSite, { path, method = 'GET', host = domain, headers, cookies }: Visit) {
  const cookie = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  const all = { ...headers, host, ...(cookie.length === 0 ? {} : { cookie: cookie.join('; ') }) };
  const answer = await rawRequest({ port, path, method, headers: all });
  // A file's content is its key; what a function says of itself is no file.
  const isFile = /^[\w./-]+\.(?:html|js)$/.test(answer.text);
  return { ...answer, location: answer.headers.location, key: isFile ? answer.text : '' };
}

const visitOf = (visit: string | Visit): Visit => (typeof visit === 'string' ? { path: visit } : visit);

/** Whether a row is about where the viewer is; all viewers of a test are here. */
const hasAddress = ([visit]: FeatureRow): boolean => visitOf(visit).ip !== undefined;

/** The site as it is, or for rows of those who are let in, with this machine among them. */
function fromHere(site: SiteAtEdge, rows: readonly FeatureRow[]): SiteAtEdge {
  const { maintenance } = site.source ?? {};
  if (!rows.some(hasAddress) || maintenance == null) return site;
  return { ...site, source: { ...site.source, maintenance: { ...maintenance, allow: ['127.0.0.1'] } } };
}

/** A distribution takes what its behaviours allow: before the bucket that is to read. */
const isTaken = ({ method = 'GET' }: Visit): boolean => method === 'GET' || method === 'HEAD';

function inWords([visit, expected]: FeatureTable['rows'][number]): string {
  const asked = visitOf(visit);
  return `${asked.path} → ${isTaken(asked) ? expected : '403'}`;
}
