import type { Visit } from './event-for.ts';
import type { SiteAtEdge } from './open-site.ts';

/** What is asked of a site, and what a viewer sees, in short: see `inShort`. */
export interface FeatureTable {
  readonly name: string;
  readonly site: SiteAtEdge;
  readonly rows: readonly FeatureRow[];
}

export type FeatureRow = readonly [visit: string | Visit, expected: string];

/** One table, by name, so that the site can be asked more. */
export const table = (name: string, site: SiteAtEdge, rows: readonly FeatureRow[]): FeatureTable => ({
  name,
  site,
  rows,
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const basic = (pair: string): Readonly<Record<string, string>> => ({ authorization: `Basic ${base64(pair)}` });

export const ann = basic('ann:correct horse battery');

export const keys = [
  'index.html',
  '404.html',
  'docs/index.html',
  'docs/private/index.html',
  'about/index.html',
  'app.js',
];
