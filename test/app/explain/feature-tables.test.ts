import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openEdge } from '../../../src/app/explain/open-edge.ts';
import type { Viewer } from '../../../src/app/explain/viewer.ts';
import { edgeSecretValue } from '../../../src/edge/edge-secret.ts';
import { describeHop } from '../../../src/plan/explain/describe-hop.ts';
import type { ExplainedSite } from '../../../src/plan/explain/explained-site.ts';
import type { HopAnswer } from '../../../src/plan/explain/explanation.ts';
import type { Visit } from '../../edge/event-for.ts';
import { type SiteAtEdge, sourceOf } from '../../edge/open-site.ts';
import { featureTables } from '../../edge/tables/feature-tables.ts';

/** The tables of the edge, once more: explain says of each row what a viewer sees. */

describe.each(featureTables.map((one) => [one.name, one] as const))('%s', (_, { site, rows }) => {
  test('is explained', async () => {
    const explained = explainedSite(site);
    const ask = await openEdge(explained);
    const told = rows.map(([visit]) => {
      const { host = 'd1.cloudfront.net', path, ...viewer } = typeof visit === 'string' ? { path: visit } : visit;
      const hop = describeHop(ask(viewerOf(viewer), { scheme: 'https', host, path }), explained);
      return {
        path,
        answer: inShort(hop.answer, path),
        isReasoned: hop.causes.length > 0 || isPlain(hop.answer, path),
      };
    });
    const expected = rows.map(([visit, answer]) => {
      const { path, method } = typeof visit === 'string' ? { path: visit, method: undefined } : visit;
      return { path, answer: isTaken(method) || answer.includes('origin') ? answer : '403', isReasoned: true };
    });
    expect(told).toEqual(expected);
  });
});

function explainedSite(site: SiteAtEdge): ExplainedSite {
  const { users = {}, jwtKey = 'none' } = site.secrets ?? {};
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
  const kept = Object.entries(site.store ?? {}).map(([key, value]) => [key, value ?? ''] as const);
  return {
    ...{ from: 'build', site: 'docs', release: null, source: sourceOf(site), layout: null, rules: null },
    objects: new Map(site.keys.map((key) => [key, { headers: {}, tags: [] }])),
    store: new Map(kept),
    secretValue: (secret) => {
      const value = secret.kind === 'password' ? (users[secret.user] ?? 'none') : jwtKey;
      return edgeSecretValue(secret, { value, salt: 'a-salt', hmac });
    },
    ...{ hosts: [], warnings: [] },
  };
}

const viewerOf = ({ method = 'GET', ip = '127.0.0.1', headers = {}, cookies = {} }: Omit<Visit, 'path'>): Viewer => ({
  ...{ method, ip, country: null },
  headers: [
    ...Object.entries(headers),
    ...Object.entries(cookies).map(([name, value]) => ['cookie', `${name}=${value}`] as const),
  ],
});

function inShort(answer: HopAnswer, path: string): string {
  if (answer.kind === 'redirect') return `${answer.status} ${answer.location}`;
  if (answer.kind === 'file') return `${answer.status} ${answer.key}`;
  const query = /\?([^=]*)/.exec(path)?.[1];
  return answer.kind === 'origin' ? `200 origin ${answer.path}${query ? `?${query}` : ''}` : `${answer.status}`;
}

/** A file under its own name needs no reason. */
const isPlain = (answer: HopAnswer, path: string): boolean =>
  answer.kind === 'file' && answer.status === 200 && path === `/${answer.key}`;

const isTaken = (method = 'GET'): boolean => method === 'GET' || method === 'HEAD';
